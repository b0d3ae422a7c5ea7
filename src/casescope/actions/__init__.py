"""What can be done to a study: one function each, which opens the gate, does it and records it."""
