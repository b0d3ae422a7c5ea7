-- Facts that cannot be, and of how many people each is told.
SELECT kind, records FROM impossible
