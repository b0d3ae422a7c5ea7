SELECT linkage, breakdown, value, removed_children, with_mother FROM cohort.coverage
