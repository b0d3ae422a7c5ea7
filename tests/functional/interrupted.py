"""Runs the command line and stands still at one point of one step, to be killed there.

    python -m tests.functional.interrupted STEP POINT command…

POINT: `building` (the draft is written and not finished), `renamed` (before the register's
transaction), `recorded` (after it, before manifest and ledger head).
"""

import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from casescope.actions.gate import gate
from casescope.cli.main import main
from casescope.identified.intake import load as intake
from casescope.identified.pipeline import STEPS
from casescope.vault import layers

READY = "standing still"


def stand_still() -> None:
    sys.stdout.write(READY + "\n")
    sys.stdout.flush()
    time.sleep(600)


def after(function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        stand_still()
        return result

    return wrapper


def patch_building(name: str) -> None:
    if name == "extract":
        intake._load_all = after(intake._load_all)  # before duplicates are collapsed
    for step in STEPS:
        if step.name == name:
            object.__setattr__(step, "build", after(step.build))


def patch_publishing(name: str) -> None:
    publish = layers._publish

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        result = publish(*args, **kwargs)
        if kwargs["name"] == name:
            stand_still()
        return result

    layers._publish = wrapper


def patch_recording() -> None:
    """Stand still in the first commit of the command, when its rows are written."""
    gate.keep_head = lambda *_: stand_still()


if __name__ == "__main__":
    step, point, *arguments = sys.argv[1:]
    # whoever runs the tests in the background of a shell has them ignore Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if point == "building":
        patch_building(step)
    elif point == "recorded":
        patch_recording()
    else:
        patch_publishing(step)
    main(arguments)
