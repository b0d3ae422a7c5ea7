SELECT linkage, removals, step, kind, name, women FROM cohort.flow
