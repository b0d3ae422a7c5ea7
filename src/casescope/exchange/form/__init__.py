"""How everything of the exchange is written: statements, messages, parcels and names of files."""
