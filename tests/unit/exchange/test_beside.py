"""The worker beside: every block in order, one at a time, and no failure lost."""

import io
import threading

import pytest

from casescope.exchange.package import beside
from casescope.exchange.package.beside import Beside, Flushing


def test_blocks_are_done_in_order_and_a_block_stays_until_the_next_call_returned():
    done, room = [], bytearray(1)
    with Beside(lambda block: done.append(bytes(block))) as give:
        for number in range(50):
            give.wait()
            room[0] = number
            give(memoryview(room))
    assert done == [bytes([number]) for number in range(50)]


def test_it_works_beside():
    go, names = threading.Event(), []
    with Beside(lambda _: (go.wait(5), names.append(threading.current_thread().name))) as give:
        give(b"x")  # returns though the work is not done
        go.set()
    assert names != [threading.main_thread().name]


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_what_goes_wrong_is_told(bad):
    def fail(number: int) -> None:
        if number == bad:
            raise OSError("no space left")

    def run() -> None:
        with Beside(fail) as give:
            for number in range(3):
                give(number)

    with pytest.raises(OSError, match="space"):
        run()


def test_what_the_disk_refuses_is_raised_at_the_end(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "full")

    monkeypatch.setattr(beside, "_flush", full)
    with (
        (tmp_path / "file").open("wb") as out,
        pytest.raises(OSError, match="full"),
        Flushing(out) as flush,
    ):
        flush(1 << 22)


def test_only_a_file_is_flushed_and_only_every_few_megabytes(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(beside, "_flush", asked.append)
    with Flushing(io.BytesIO()) as flush:
        flush(1 << 30)
    assert asked == []
    with (tmp_path / "file").open("wb") as out, Flushing(out) as flush:
        flush((1 << 22) - 1)
        assert asked == []
        flush(1)
    assert len(asked) == 1
