"""Who did what, when: the only Django models, and the store that reads and writes them."""

from casescope.register.opening import open_register

__all__ = ["open_register"]
