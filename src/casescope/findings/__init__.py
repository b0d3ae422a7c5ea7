"""Measures computed from the analysis dataset alone, as small typed findings."""
