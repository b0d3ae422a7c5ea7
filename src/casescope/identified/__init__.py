"""The council-only wing: files become women and removals, and end as the analysis dataset."""
