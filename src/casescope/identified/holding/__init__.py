"""What a hold keeps when a study ends: the rows of one person, and nothing else."""
