"""casescope: a council's scoping exercise, from case files to a report and a proven ending."""

__version__ = "0.1.0"
