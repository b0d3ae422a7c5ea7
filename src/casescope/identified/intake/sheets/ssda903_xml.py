"""The SSDA903 return in its XML form, as the tables of its CSV form.

Source: the DfE's CLA.xsd 3.3.0. Two names differ from the CSV's: CHILDID is CHILD, PL is PLACE.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from casescope.identified.intake.sheets.returns_xml import ReturnSheet, Row, Rows, sheets_in
from casescope.identified.intake.sheets.source import Source
from casescope.identified.intake.sheets.xml_events import Ended, Event, Started

ROOT = "EXPSSDA903"

_HEADERS = {
    "header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "episodes": (
        "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
        "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN",
    ),
    "uasc": ("CHILD", "SEX", "DOB", "DUC"),
    "adoption": (
        "CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR",
        "LS_ADOPTR",
    ),
    "placed_for_adoption": (
        "CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED",
    ),
    "previous_permanence": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
}  # fmt: skip

_NAMES = {"CHILDID": "CHILD", "PL": "PLACE"}
_PARTS = {
    "EPISODE": "episodes", "AD_PLACED": "placed_for_adoption", "PERMANENCE": "previous_permanence",
}  # fmt: skip
_NO = ("", "0", "N", "NO", "FALSE")


def sheets(source: Source) -> list[ReturnSheet]:
    """Return a sheet for each table that the return has rows of."""
    return sheets_in(source, _HEADERS, _rows)


@dataclass
class _Child:
    """One child of the return: what the header says, and its repeated parts."""

    header: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def rows(self) -> Rows:
        header = self.header
        yield "header", header
        if header.get("DUC") or header.get("UASC", "").upper() not in _NO:
            yield "uasc", header
        if header.get("DATE_INT") or header.get("DATE_MATCH"):
            yield "adoption", header
        of_child: Row = {name: header.get(name, "") for name in ("CHILD", "DOB")}
        for table, row in self.parts:
            yield table, {**of_child, **row}


def _rows(events: Iterator[Event]) -> Rows:
    """Yield the rows of each child when it ends: its id may stand after what needs it."""
    child, part = _Child(), ""
    for event in events:
        name = event.name.upper()
        if isinstance(event, Started):
            if name in _PARTS:
                part = name
                child.parts.append((_PARTS[name], {}))
        elif name == "CHILD":
            yield from child.rows()
            child = _Child()
        elif name == part:
            part = ""
        else:
            _note(child, part, name, event)


def _note(child: _Child, part: str, name: str, event: Ended) -> None:
    held = child.parts[-1][1] if part else child.header
    held[_NAMES.get(name, name)] = event.text
