"""No command reaches a network: every process of these tests runs behind the walls of `walled`.

So the demo, loading, running, reporting and sharing are proved to need none wherever another test
does them by `Place.process`; here it is proved that the walls stand, and the exchange goes behind
them. Tests that call actions in their own process have pytest-socket around them.
"""

import json
import os
import platform
import signal

import pytest

from tests.functional import walled
from tests.functional.calls_out import WAYS
from tests.functional.place import Place

LINUX = platform.system() == "Linux" and platform.machine() in walled.CALLS


@pytest.fixture
def place(tmp_path) -> Place:
    return Place(tmp_path)


@pytest.mark.parametrize("way", ["a library", "a library, IPv6", "Python", "a name"])
def test_whoever_opens_a_socket_is_stopped(place, way):
    """The walls are no use if nothing hits them."""
    if way.startswith("a library") and not LINUX:
        pytest.skip("only Linux can stop a library: elsewhere Python alone is watched")
    done = place.process(way, module="tests.functional.calls_out")
    assert done.returncode not in (0, None)
    assert "done" not in done.stdout
    if way.startswith("a library"):
        assert done.returncode == -signal.SIGSYS


def test_what_stays_on_the_machine_is_let_through(place):
    done = place.process("files and pipes", module="tests.functional.calls_out")
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr
    assert set(WAYS) > {"files and pipes"}


def test_there_is_no_interface_behind_the_walls(place):
    walls = json.loads(place.process(module="--walls").stdout)
    assert walls["python"]
    assert walls["kernel"] is LINUX
    if not walls["namespace"]:
        pytest.skip("this machine gives nobody but root a network namespace of their own; "
                    "the kernel's filter stands")  # fmt: skip
    done = place.process("interfaces", module="tests.functional.calls_out")
    names = [line.split(":")[0].strip() for line in done.stdout.splitlines() if ":" in line]
    assert set(names) <= {"lo"}


@pytest.mark.skipif(os.name != "posix", reason="paths of the fixtures are the user's own")
def test_the_exchange_goes_behind_the_walls(sent):
    """The council's side, by the commands that a person types."""
    request, session = sent.pause.asks(sent.manifest)
    sent.place.say("lease", "grant", sent.place.home, request)
    lease = next((sent.place.home / "outbox").glob("*.lease.json"))
    _, halves = sent.pause.reads_lease(lease, session)
    assert sent.pause.opens(sent.held, halves)
    assert sent.place.say("receive", sent.place.home, sent.pause.acknowledges(sent.held))
    assert "Pause" in sent.place.say("exchange", sent.place.home)
