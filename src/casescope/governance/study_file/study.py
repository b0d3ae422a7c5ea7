"""The study as study.toml states it, read with every fault told at once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from casescope.governance.roles import Roles
from casescope.governance.study_file.exchange_lines import ExchangeLines, hours_fault
from casescope.governance.study_file.fields import FIELDS, TABLES
from casescope.governance.study_file.line import FaultError, Field, Value
from casescope.governance.study_file.look_lines import LookLines
from casescope.governance.study_file.parameters import Parameters
from casescope.governance.study_file.storage_lines import StorageLines, regions_fault
from casescope.governance.study_file.value import CostLines, ValueLines
from casescope.kernel.canonical import Json, digest
from casescope.kernel.errors import StudyFileRefused, one_of

_MEND = (
    "Mend that line and try again. Words stand in quotes, days do not; a folder's name with "
    "\\ in it stands in single quotes."
)


@dataclass(frozen=True)
class Notice:
    """The privacy notice: reference, day of publication, days in which objections are awaited."""

    reference: str = ""
    published: date | None = None
    objection_days: int = 28


@dataclass(frozen=True)
class Study:
    """What one study.toml says; `governed` is the part that an approval binds."""

    name: str
    authority: str
    partner: str
    purpose: str
    reference_date: date
    authority_names: tuple[str, ...] = ()
    lawful_basis: str = ""
    end_date: date | None = None
    linkage: str = "lenient"
    disclosure_rules: str = "opensafely"
    risk_floor: int = 3
    notice: Notice = field(default_factory=Notice)
    roles: Roles = field(default_factory=Roles)
    exchange: ExchangeLines = field(default_factory=ExchangeLines)
    storage: StorageLines = field(default_factory=StorageLines)
    parameters: Parameters = field(default_factory=Parameters)
    value: ValueLines = field(default_factory=ValueLines)
    costs: CostLines = field(default_factory=CostLines)
    report: LookLines = field(default_factory=LookLines)

    def value_of(self, line: Field) -> Value:
        """Return the value of one line of study.toml."""
        part = self if line.table == "study" else getattr(self, line.table)
        value: Value = getattr(part, line.name)
        return value

    def as_tables(self) -> dict[str, dict[str, Json]]:
        """Return study.toml's tables in JSON values only; `from_tables` reads them back."""
        tables: dict[str, dict[str, Json]] = {table: {} for table in TABLES}
        for line in FIELDS:
            value = self.value_of(line)
            if value is not None:
                tables[line.table][line.name] = _plain(value)
        return tables

    def governed(self) -> dict[str, dict[str, Json]]:
        """Return the lines that bind after approval: all but the parameters and reference date."""
        tables = self.as_tables()
        return {
            table: {
                line.name: tables[table].get(line.name)
                for line in FIELDS
                if line.table == table and line.governed
            }
            for table in TABLES
            if any(line.governed for line in FIELDS if line.table == table)
        }

    def governed_digest(self) -> str:
        """Return the hash of the governed lines; comments and layout of the file don't count."""
        stated = {
            table: {name: value for name, value in lines.items() if not self._is_new(table, name)}
            for table, lines in self.governed().items()
        }
        return digest({table: lines for table, lines in stated.items() if lines})

    def _is_new(self, table: str, name: str) -> bool:
        """Say whether a line is a later one that says nothing but its default."""
        line = next(one for one in FIELDS if (one.table, one.name) == (table, name))
        return line.later and self.value_of(line) == line.default


def _plain(value: Value) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def changed_tables(approved: Study, now: Study) -> tuple[str, ...]:
    """Return the tables of study.toml whose governed lines differ from the approved ones."""
    before, after = approved.governed(), now.governed()
    return tuple(table for table in before if before[table] != after[table])


def read_study(text: str) -> Study:
    """Return the study that the text of a study.toml states, or refuse with every fault in it."""
    return from_tables(read_tables(text))


def read_tables(text: str) -> dict[str, Any]:
    """Return the tables of a study.toml, or refuse what is not TOML."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise StudyFileRefused(f"study.toml is not readable as TOML: {error}.", _MEND) from error


def from_tables(tables: Mapping[str, Any]) -> Study:
    """Return the study of already parsed tables; days may be dates or ISO 8601 text."""
    given, faults = given_values(tables)
    values = {line.name: line.default for line in FIELDS} | given
    faulty = {fault.split(" ")[0] for fault in faults}
    faults += [
        f"{line.table}.{line.name} must not be empty"
        for line in FIELDS
        if line.required
        and values[line.name] in (None, "", ())
        and f"{line.table}.{line.name}" not in faulty
    ]
    refuse(faults + _cross_faults(values))
    return _build(values)


def refuse(faults: list[str]) -> None:
    """Refuse with every fault in one sentence, if there is any."""
    if faults:
        raise StudyFileRefused(
            f"study.toml has {'a fault' if len(faults) == 1 else f'{len(faults)} faults'}: "
            + "; ".join(faults)
            + ".",
            "Mend the file and run the command again.",
        )


def given_values(tables: Mapping[str, Any]) -> tuple[dict[str, Value], list[str]]:
    """Return the readable values by name, and the faults; absent lines are simply not there."""
    values: dict[str, Value] = {}
    faults: list[str] = []
    for table, name, raw in _lines(tables):
        line = _find(table, name)
        where = f"{table}.{name}" if table else name
        if line is None:
            faults.append(f"{where} is unknown{_advice(table, name)}")
        elif line.name in values:
            faults.append(f"{where} is given twice")
        else:
            try:
                values[line.name] = line.read(raw)
            except FaultError as fault:
                faults.append(f"{line.table}.{line.name} {fault}")
    return values, faults


def _lines(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, object]]:
    for name, value in tables.items():
        if isinstance(value, Mapping) and name in TABLES:
            yield from ((name, inner, raw) for inner, raw in value.items())
        else:
            yield "", name, value


def _find(table: str, name: str) -> Field | None:
    return next(
        (line for line in FIELDS if line.name == name and (line.table == table or line.loose)),
        None,
    )


def _advice(table: str, name: str) -> str:
    home = next((line.table for line in FIELDS if line.name == name), None)
    if home is not None:
        return f"; it belongs under [{home}]"
    near = one_of((*(line.name for line in FIELDS), *(() if table else TABLES)), name)
    return f"; did you mean {near}?" if near else ""


def _cross_faults(values: Mapping[str, Any]) -> list[str]:
    reference = values["reference_date"]
    faults = []
    if values["age_min"] > values["age_max"]:
        faults.append("parameters.age_min must not be above parameters.age_max")
    if values["review_low"] > values["link_threshold"]:
        faults.append("parameters.review_low must not be above parameters.link_threshold")
    for table, name, after in (
        ("study", "end_date", True),
        ("parameters", "observation_start", False),
    ):
        if None not in (reference, values[name]) and (values[name] < reference) is after:
            word = "before" if after else "on or after"
            faults.append(f"{table}.{name} must not be {word} study.reference_date")
    if too_long := hours_fault(values["lease_mode"], values["lease_hours"]):
        faults.append(too_long)
    if not_confirmed := regions_fault(values):
        faults.append(not_confirmed)
    return faults + _value_faults(values)


def _value_faults(values: Mapping[str, Any]) -> list[str]:
    faults = []
    if values["rate_source"] == "published" and values["published_rate"] is None:
        faults.append("value.published_rate must be given where value.rate_source is published")
    effect, after = values["effect"], values["effect_after"]
    if effect and after and after[0] > effect[0]:
        faults.append("value.effect_after must not be above value.effect")
    return faults


def _build(values: Mapping[str, Any]) -> Study:
    nested: dict[str, Any] = {
        "notice": Notice(values["reference"], values["published"], values["objection_days"]),
        "roles": Roles(**{f.name: values[f.name] for f in fields(Roles)}),
        "exchange": ExchangeLines(**{f.name: values[f.name] for f in fields(ExchangeLines)}),
        "storage": StorageLines(**{f.name: values[f.name] for f in fields(StorageLines)}),
        "parameters": Parameters(**{f.name: values[f.name] for f in fields(Parameters)}),
        "value": ValueLines(**{f.name: values[f.name] for f in fields(ValueLines)}),
        "costs": CostLines(**{f.name: values[f.name] for f in fields(CostLines)}),
        "report": LookLines(values["colour"], values["logo"]),
    }
    own = {f.name: values[f.name] for f in fields(Study) if f.name not in nested}
    return Study(**own, **nested)
