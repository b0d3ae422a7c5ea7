"""A study's life: begun, approved, extended, ended, and how it stands."""
