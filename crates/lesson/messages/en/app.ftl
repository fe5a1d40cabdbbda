# The page around the lessons.

app-name = Padlock
app-step-count = step { $step } of { $steps }
