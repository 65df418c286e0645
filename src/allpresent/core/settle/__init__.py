"""From a reason given to the code it earns; the clock of an unexplained mark; evidence.

`clock` counts the school days a reason may stay unknown. `proposal` says which code an explanation earns and why;
`needs` what must be true or on record before a code may stand; `evidence` when the policy lets us ask for some;
`telling` when a parent hears of a change before it is made. Nothing here decides: a person does (O-B-12.2).
"""
