-- The flow diagram as it is: counts, nobody in particular.
SELECT linkage, removals, step, kind, name, women FROM cohort.flow
