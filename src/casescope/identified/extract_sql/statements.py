"""The statements of each system as text to hand over, with what they are and what is missing."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from casescope.identified.intake.tables import TABLES
from casescope.kernel.errors import NotFound, one_of

SYSTEMS = ("liquidlogic", "mosaic", "eclipse")

_RULE = "-- " + "-" * 75


def brief() -> str:
    """Return the page for the supplier or the reporting team."""
    return _read("brief.md")


def script(system: str, *, table: str = "") -> str:
    """Return a system's statements, one after another; only one table's where it is named."""
    there = tables(system)
    if table:
        there = (_named(system, table),)
    parts = [_preamble(system), *(f"{statement(system, one)};\n" for one in there)]
    if not table:
        parts.append(_left_out(system))
    return f"{_RULE}\n".join(parts)


def as_data(system: str, *, table: str = "") -> dict[str, Any]:
    """Return what `script` says as data: dialects, statements by table, and why others are not."""
    there = (_named(system, table),) if table else tables(system)
    known = about(system)
    return {
        "system": known["name"],
        "dialects": known["dialects"],
        "run_on_a_live_system": False,
        "statements": {one: statement(system, one) for one in there},
        "no_statement_for": {**known["left_out"], **_systems()["everywhere"]},
    }


def tables(system: str) -> tuple[str, ...]:
    """Return the tables for which there is a statement, in the order of the extract."""
    folder = resources.files(__package__).joinpath(system)
    here = {item.name.removesuffix(".sql") for item in folder.iterdir()}
    return tuple(table.name for table in TABLES if table.name in here)


def statement(system: str, table: str) -> str:
    """Return one statement with the comment above it."""
    return _read(system, f"{table}.sql").rstrip()


def about(system: str) -> dict[str, Any]:
    """Return what is known of one system: name, dialects, what to know, what is left out."""
    found: dict[str, Any] = _systems()[system]
    return found


def _named(system: str, table: str) -> str:
    """Return the table somebody means, or refuse with why there is no statement for it."""
    name = table.strip().lower()
    here = tables(system)
    for one in here:
        if name in (one, f"ssd_{one}"):
            return one
    why = {**_systems()["everywhere"], **about(system)["left_out"]}.get(name)
    if why:
        raise NotFound(f"{about(system)['name']} has no statement for '{name}': {why}.")
    near = one_of(here, name.removeprefix("ssd_"))
    raise NotFound(
        f"There is no statement for a table '{name}'.",
        f"Did you mean {near}?" if near else f"There are {', '.join(here)}.",
    )


def _preamble(system: str) -> str:
    lines = [
        f"casescope extract for {about(system)['name']}",
        "",
        "NOT YET RUN ON A LIVE SYSTEM. Written from what the sector's public extract SQL shows of",
        "the tables; every name has to be checked with whoever knows your database.",
        "",
        *about(system)["about"],
        "",
        "Each statement only reads, and gives one table of the extract: save its result as CSV",
        "with the column names as they are; the file's name does not matter. Ended relationships",
        "are kept, there is no window of years, and mothers need not be clients: above each",
        "statement stands what it leaves out of the stock extract's filters, and why.",
    ]
    return "".join(f"-- {line}".rstrip() + "\n" for line in lines)


def _left_out(system: str) -> str:
    reasons = {**about(system)["left_out"], **_systems()["everywhere"]}
    lines = ["No statement for:", *(f"  {table}: {why}" for table, why in reasons.items())]
    return "".join(f"-- {line}\n" for line in lines)


@cache
def _systems() -> dict[str, Any]:
    return tomllib.loads(_read("systems.toml"))


def _read(*path: str) -> str:
    return resources.files(__package__).joinpath(*path).read_text(encoding="utf-8")
