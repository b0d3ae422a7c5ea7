"""Disclosure control: the only way from exact findings to figures that may be shown."""

from casescope.disclosure.record import record
from casescope.disclosure.release import publish, release
from casescope.disclosure.released import Released

__all__ = ["Released", "publish", "record", "release"]
