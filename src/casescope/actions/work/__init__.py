"""The vault at work: steps done, a person found, files handed out of it and looked for again."""
