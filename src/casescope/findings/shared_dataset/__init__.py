"""What a shared dataset has to say to whoever holds it: the report's own findings, as far as told."""

from casescope.findings.shared_dataset.measures import compute

__all__ = ["compute"]
