"""Peers side by side: each benchmark is a command, run as `python -m benchmarks [NAME]`."""
