"""Who did what, and what a file proves, with a study or away from any."""
