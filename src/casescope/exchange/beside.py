"""One worker beside: it hashes and writes a block while the next is sealed or opened."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar

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
