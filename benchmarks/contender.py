"""One contender, or the maker of their tables, in a process of its own; prints JSON."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.removals_contenders import OURS, PARTS, STATEMENT, Side, as_json


def main() -> None:
    """Do what the command line says, once."""
    parser = argparse.ArgumentParser(description=__doc__)
    does = parser.add_subparsers(dest="does", required=True)
    maker = does.add_parser("make", help="write the pretend tables")
    maker.add_argument("folder", type=Path)
    maker.add_argument("episodes", type=int)
    maker.add_argument("seed", type=int)
    preparer = does.add_parser("prepare", help="write them as DuckDB files and encrypted layers")
    preparer.add_argument("folder", type=Path)
    runner = does.add_parser("run", help="run one contender in one part")
    runner.add_argument("contender")
    runner.add_argument("part", choices=PARTS)
    runner.add_argument("folder", type=Path)
    given = parser.parse_args()
    print({"make": _make, "prepare": _prepare, "run": _run}[given.does](given))


def _make(given: argparse.Namespace) -> str:
    from benchmarks.pretend_care import make

    return json.dumps(make(given.folder, episodes=given.episodes, seed=given.seed))


def _prepare(given: argparse.Namespace) -> str:
    from benchmarks.removals_inputs import prepare

    return json.dumps(prepare(given.folder))


def _run(given: argparse.Namespace) -> str:
    if given.contender in (OURS, STATEMENT):
        sys.meta_path.insert(0, WithoutPandas())
    return as_json(Side(given.contender, given.part, 0).contend(given.folder))


class WithoutPandas:
    """Hides pandas from DuckDB, which would import it at the first bound value.

    That is a second and 95 MB for nothing, and only where developers have installed pandas: who
    installs casescope does not get it.
    """

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002  # Python names them
        """Refuse pandas; leave everything else to the finders that follow."""
        if name == "pandas":
            raise ModuleNotFoundError("hidden from this contender", name=name)


if __name__ == "__main__":
    main()
