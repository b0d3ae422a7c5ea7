-- Linkage coverage as it is: counts, nobody in particular.
SELECT linkage, breakdown, value, removed_children, with_mother FROM cohort.coverage
