# The key schedule as a ladder.

ladder-heading = The ladder of keys
ladder-intro =
    From the first secret at the top down to the keys that encrypt records. What stands on the line leads to the next secret;
    what stands beside it is taken from there. Open a rung to see its bytes.
ladder-now = in this step
ladder-later = later
