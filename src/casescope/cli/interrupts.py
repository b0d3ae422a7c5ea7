"""Ctrl-C, told apart from faults: a database that is stopped in a query raises one of its own."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Heard:
    """Whether somebody stopped the command."""

    stopped = False


@contextmanager
def heeded() -> Iterator[Heard]:
    """Yield what was heard of Ctrl-C; raises `KeyboardInterrupt` then, as Python does."""
    heard = Heard()

    def heed(number: int, frame: FrameType | None) -> None:
        heard.stopped = True
        signal.default_int_handler(number, frame)

    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield heard  # whoever runs us listens already
        return
    signal.signal(signal.SIGINT, heed)
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
