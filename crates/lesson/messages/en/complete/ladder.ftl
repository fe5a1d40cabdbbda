# The key schedule as a ladder.

ladder-heading = The ladder of keys
ladder-intro =
    From the first secret at the top down to the keys that encrypt records. What stands on the line leads to the next secret;
    what stands beside it is taken from there. You see what this step adds; a rung of another step says so. Open a rung to see its bytes.
ladder-earlier = { $count } rungs from earlier steps
ladder-later = { $count } rungs that come later
ladder-before = earlier
ladder-after = later
ladder-beside = Also computed in this step
