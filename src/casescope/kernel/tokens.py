"""The only name by which the analysis side knows anyone."""

from typing import NewType

SubjectToken = NewType("SubjectToken", str)
"""A random 128-bit token in hex, one for each woman or child of one study; derived from nothing."""
