"""What a shared dataset says to whoever holds it: the report's findings, as far as they survive."""

from casescope.findings.shared_dataset.measures import compute

__all__ = ["compute"]
