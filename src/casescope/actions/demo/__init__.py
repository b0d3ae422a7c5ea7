"""The demo, which calls other actions and does nothing else."""
