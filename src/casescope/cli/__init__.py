"""Saying it: the commands, each a thin voice for one action."""
