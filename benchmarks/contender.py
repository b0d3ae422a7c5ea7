"""One contender, or the maker of their tables, in a process of its own; prints JSON."""

import argparse
import json
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.removals import OURS, PARTS, THEIRS, contender_of


def main() -> None:
    """Do what the command line says, once."""
    parser = argparse.ArgumentParser(description=__doc__)
    sides = parser.add_subparsers(dest="side", required=True)
    maker = sides.add_parser("make", help="write the pretend tables")
    maker.add_argument("folder", type=Path)
    maker.add_argument("episodes", type=int)
    maker.add_argument("seed", type=int)
    for name in (OURS, THEIRS):
        side = sides.add_parser(name)
        side.add_argument("folder", type=Path)
        side.add_argument("part", choices=PARTS)
    given = parser.parse_args()
    print(json.dumps(_make(given) if given.side == "make" else _contend(given)))


def _make(given: argparse.Namespace) -> dict[str, int]:
    from benchmarks.pretend_care import make

    return make(given.folder, episodes=given.episodes, seed=given.seed)


def _contend(given: argparse.Namespace) -> dict[str, object]:
    part = getattr(import_module(contender_of(given.side)), given.part)
    with tempfile.TemporaryDirectory(prefix="casescope-contender-") as work:
        seconds, processor_seconds, answer = part(given.folder, Path(work))
    return {"seconds": seconds, "processor_seconds": processor_seconds, "answer": answer}


if __name__ == "__main__":
    main()
