"""Looking for copies that should be gone: by hash, and by tokens that only the dataset holds."""

from casescope.exchange.workspace.strays.walk import Look, Marks, Stray, look

__all__ = ["Look", "Marks", "Stray", "look"]
