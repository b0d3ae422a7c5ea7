"""Every line of study.toml: its table, what it means, its default and how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from casescope.governance.parameters import PARAMETERS, Bounds, Parameters
from casescope.kernel.codes import LINKAGES

Value = str | int | float | date | tuple[str, ...] | None
"""What a line of study.toml can hold once read."""


class FaultError(Exception):
    """What is wrong with one value; the reader puts the line's name before it."""


@dataclass(frozen=True)
class Field:
    """One line of study.toml.

    `governed` lines may not change after approval without a new approval; `loose` ones are also
    found at the top of the file or in another table; `example` is shown, commented out, where
    there is no default.
    """

    table: str
    name: str
    meaning: str
    read: Callable[[object], Value]
    default: Value = None
    required: bool = False
    governed: bool = True
    loose: bool = False
    example: str = ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise FaultError('must be text in quotes, like "Pause"')
    return " ".join(value.split())


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise FaultError('must be a list of names, like ["a.analyst"]')
    if not all(name.strip() for name in value):
        raise FaultError("has an empty name in its list")
    return tuple(name.strip() for name in value)


def _day(value: object) -> date:
    if type(value) is date:  # a TOML time stamp is a date to isinstance, but not a day
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise FaultError("must be a day, like 2026-10-31")


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise FaultError("must be a whole number without quotes")
        if not least <= value <= most:
            raise FaultError(f"must lie between {least} and {most}")
        return value

    return read


def _share(least: float, most: float) -> Callable[[object], float]:
    def read(value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise FaultError("must be a number without quotes, like 0.95")
        if not least <= value <= most:
            raise FaultError(f"must lie between {least} and {most}")
        return float(value)

    return read


def _number(bounds: Bounds) -> Callable[[object], float]:
    if bounds.share:
        return _share(bounds.least, bounds.most)
    return _whole(int(bounds.least), int(bounds.most))


def _choice(built: tuple[str, ...], planned: tuple[str, ...] = ()) -> Callable[[object], str]:
    words = " or ".join(built)

    def read(value: object) -> str:
        if value in planned:
            raise FaultError(f"is not built yet with that choice; this version has {words}")
        if not isinstance(value, str) or value not in built:
            raise FaultError(f"must be {words}")
        return value

    return read


PURPOSE = (
    "To find how many women in the authority's area have had, or are at risk of, repeat removals "
    "of children from their care, what they live with, and what a practice would add for them."
)

_STUDY = (
    Field("study", "name", "What the study is called in its report", _text,
          "Scoping exercise", required=True),
    Field("study", "authority", "The authority: controller of the data", _text,
          "The authority", required=True),
    Field("study", "authority_names", "How the legal tracker writes the authority, where it "
          "differs; removals under any other name are another authority's", _names, ()),
    Field("study", "partner", "The partner that the study is shared with", _text,
          "Pause", required=True),
    Field("study", "purpose", "What the study is for; the data may be used for nothing else",
          _text, PURPOSE, required=True),
    Field("study", "lawful_basis", "The lawful basis; what the approver states with --basis "
          "counts, and this line where that is left out", _text, ""),
    Field("study", "reference_date", "The day the extracts stand for: later facts are ignored",
          _day, required=True, governed=False, loose=True),
    Field("study", "end_date", "The study's last day, where that is earlier than three calendar "
          "months after the first load", _day, example="2026-12-31"),
    Field("study", "linkage", "Which linkage of women leads: lenient (probable links as well), or "
          "strict (declared identity only); both are always shown",
          _choice(LINKAGES, ()), "lenient"),
    Field("study", "disclosure_rules", "The rules that every published count passes",
          _choice(("opensafely",), ("hes", "ons10", "dfe", "working")), "opensafely"),
)  # fmt: skip

_NOTICE = (
    Field("notice", "reference", "Reference of the privacy notice; what the approver states with "
          "--notice counts", _text, ""),
    Field("notice", "published", "The day the notice was published; if nobody says, the day of "
          "approval counts", _day, example="2026-10-01"),
    Field("notice", "objection_days", "Days after publication within which objections are awaited",
          _whole(0, 365), 28),
)  # fmt: skip

_ROLES = (
    Field("roles", "analyst", "User names of those who load, run and read", _names, (),
          required=True),
    Field("roles", "approver", "User names of those who approve, lift restrictions and close",
          _names, (), required=True),
    Field("roles", "dpo", "User names of the data protection officer and deputies, who alone "
          "can extend", _names, ()),
    Field("roles", "director", "User names of those who decide on the study and may end it",
          _names, ()),
)  # fmt: skip

_PARAMETERS = (
    *(
        Field("parameters", name, f"{bounds.meaning[0].upper()}{bounds.meaning[1:]}",
              _number(bounds), getattr(Parameters(), name),
              governed=False, loose=True)
        for name, bounds in PARAMETERS.items()
    ),
    Field("parameters", "observation_start", "The day from which removals are fully recorded; "
          "if not given, the 1 April on or before the earliest end of an episode", _day,
          governed=False, loose=True, example="2009-04-01"),
)  # fmt: skip

FIELDS: tuple[Field, ...] = (*_STUDY, *_NOTICE, *_ROLES, *_PARAMETERS)

TABLES: dict[str, str] = {
    "study": "What the study is.",
    "notice": "The privacy notice that tells people of it.",
    "roles": "Who may do what, by the user names of this computer's operating system. "
    "A change counts from the next approval.",
    "parameters": "The numbers that the definitions leave to the study. They may change without "
    "a new approval; every result says what they were.",
}
"""Tables in the order of the file, with what stands above each."""
