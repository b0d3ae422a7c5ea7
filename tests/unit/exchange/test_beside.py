"""The worker beside: every block in order, one at a time, and no failure lost."""

import threading

import pytest

from casescope.exchange.beside import Beside


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
