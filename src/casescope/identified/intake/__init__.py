"""Reading what a council has: recognise tables by their columns, read, check, load."""
