-- How many records are doubtful: counts, nobody in particular.
SELECT name, records FROM cohort.caveat
