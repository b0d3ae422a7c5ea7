"""Charts: what each shows is data (`kinds`); how it is drawn is one file a kind."""
