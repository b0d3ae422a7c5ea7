"""What the headlines would be under other choices, one thing varied at a time; grouped counts."""
