"""Workers beside: a block is hashed, written and taken by the disk while the next is sealed."""

import io
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import BinaryIO, Generic, Self, TypeVar

_Block = TypeVar("_Block")


class Beside(Generic[_Block]):
    """Calls a function with each block in a thread, one at a time, in their order.

    A call returns once the block before is done with. Hashing and writing leave Python free
    meanwhile, so that on two cores they cost next to nothing.
    """

    def __init__(self, do: Callable[[_Block], object]) -> None:
        self._do = do
        self._pool = ThreadPoolExecutor(1)
        self._busy: Future[object] | None = None

    def __call__(self, block: _Block) -> None:
        """Give a block; raises what went wrong with the one before."""
        self.wait()
        self._busy = self._pool.submit(self._do, block)

    def wait(self) -> None:
        """Return once all is done; raises what went wrong with the last."""
        busy, self._busy = self._busy, None
        if busy is not None:
            busy.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown()
        if error is None:
            self.wait()


class Flushing:
    """Has the disk take what was written to a file, every few megabytes, in a thread.

    It saves time and promises nothing: whoever needs the file durable flushes it at the end. What
    goes wrong with the disk is raised when the block is left.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._descriptor = out.fileno() if isinstance(out, io.BufferedWriter) else None
        self._pool = ThreadPoolExecutor(1)
        self._busy: Future[None] | None = None
        self._written = 0

    def __call__(self, size: int) -> None:
        """Note that so many bytes more were written."""
        self._written += size
        if self._descriptor is None or self._written < _TAKEN_AT_ONCE:
            return
        if self._busy is not None:
            if not self._busy.done():
                return
            self._busy.result()
        self._written = 0
        self._busy = self._pool.submit(_flush, self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown()
        if error is None and self._busy is not None:
            self._busy.result()


_TAKEN_AT_ONCE = 1 << 22
_flush: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)
