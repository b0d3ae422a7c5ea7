"""study.toml: each line of it, what it means and may say, and the study that is read from it."""
