"""What can be done to a study: one function each, which opens the gate, does it and records it.

A subpackage for each thing that people come to do. A module whose name begins with an underscore
is for its own subpackage only; `gate` and `work` are what all the others stand on.
"""
