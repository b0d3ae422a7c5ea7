SELECT name, records FROM cohort.caveat
