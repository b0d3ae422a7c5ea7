"""A study's data as encrypted layers, its keys kept apart, and the one way to open either."""
