"""Small worlds drawn as text tables: what a council's files say, and the study that reads them."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from casescope.governance.study_file.parameters import Parameters

Row = dict[str, str]

AUTHORITY = "Exampleshire"
"""The authority of every world; `proc_authority` is compared with it."""

REFERENCE_DATE = date(2025, 1, 1)
"""The reference date unless a test says otherwise; its look-back begins on 2020-01-01."""

FILE = "_file"

COLUMNS: dict[str, tuple[str, ...]] = {
    "person": (
        "pers_person_id", "pers_forename", "pers_surname", "pers_dob", "pers_expected_dob",
        "pers_sex", "pers_ethnicity", "pers_death_date", "pers_single_unique_id", "pers_upn",
        "pers_legacy_id", "pers_is_mother",
    ),
    "person_alias": (
        "alias_person_id", "alias_forename", "alias_surname", "alias_kind", "alias_start_date",
        "alias_end_date",
    ),
    "address": (
        "addr_person_id", "addr_address_postcode", "addr_address_start_date",
        "addr_address_end_date", "addr_address_type", "addr_address_json",
    ),
    "mother": (
        "moth_person_id", "moth_childs_person_id", "moth_childs_dob", "moth_table_id",
        "moth_relationship", "moth_start_date", "moth_end_date",
    ),
    "linked_identifier": (
        "link_person_id", "link_identifier_type", "link_identifier_value", "link_valid_from_date",
        "link_valid_to_date",
    ),
    "header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "episodes": (
        "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
        "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN",
    ),
    "uasc": ("CHILD", "SEX", "DOB", "DUC"),
    "placed_for_adoption": (
        "CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED",
    ),
    "adoption": (
        "CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR",
        "LS_ADOPTR",
    ),
    "previous_permanence": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "cla_episode": (
        "clae_person_id", "clae_cla_id", "clae_cla_episode_start_date",
        "clae_cla_episode_start_reason", "clae_cla_episode_ceased_date",
        "clae_cla_episode_ceased_reason", "clae_entered_care_date", "clae_cla_placement_id",
        "clae_cla_primary_need_code",
    ),
    "placement": (
        "clap_cla_placement_id", "clap_cla_id", "clap_person_id", "clap_cla_placement_start_date",
        "clap_cla_placement_end_date", "clap_cla_placement_type",
    ),
    "legal_status": (
        "lega_person_id", "lega_legal_status", "lega_legal_status_start_date",
        "lega_legal_status_end_date",
    ),
    "proceedings": (
        "proc_id", "proc_child_person_id", "proc_application_date", "proc_mother_person_id",
        "proc_order", "proc_order_date", "proc_placed_with", "proc_authority",
    ),
    "permanence": (
        "perm_person_id", "perm_permanence_order_type", "perm_permanence_order_date",
    ),
    "pre_proceedings": (
        "prep_person_id", "prep_pre_pro_decision_date", "prep_agree_stepdown_issue_date",
        "prep_court_application_date",
    ),
    "place": ("place_postcode", "place_in_authority", "place_area"),
    "assessment": (
        "cina_assessment_id", "cina_person_id", "cina_assessment_start_date",
        "cina_assessment_auth_date",
    ),
    "assessment_factor": ("cinf_assessment_id", "cinf_assessment_factors_json"),
    "care_leaver": ("clea_person_id", "clea_care_leaver_eligibility"),
    "cp_plan": (
        "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date",
        "cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category",
    ),
}  # fmt: skip
"""Every table of the extract that a world may hold, with the columns that casescope knows."""

COLUMN_DEFAULTS: dict[str, Row] = {
    "episodes": {"RNE": "S", "LS": "C2", "PLACE": "U4", "CIN": "N1"},
    "header": {"SEX": "2", "ETHNIC": "WBRI"},
    "uasc": {"SEX": "1"},
    "cp_plan": {"cppl_cp_plan_start_date": "2024-01-01"},
    "linked_identifier": {"link_identifier_type": "903 child id"},
}
"""What a drawn table means by a column that it leaves out (not by a cell that it leaves empty)."""

SUBJECT_COLUMN = {
    "episodes": "CHILD",
    "proceedings": "proc_child_person_id",
    "permanence": "perm_person_id",
    "legal_status": "lega_person_id",
    "cla_episode": "clae_person_id",
    "cp_plan": "cppl_person_id",
    "assessment": "cina_person_id",
}
"""Where a table names a child; an id that begins with `c` is one."""


@dataclass(frozen=True)
class World:
    """A whole extract as text cells (`""` is empty) and the study that reads it.

    `_file` in a row names the source file (return) it came from; without it, rows of one table
    share one file. `restricted` holds case-system person ids.
    """

    tables: Mapping[str, list[Row]]
    reference_date: date = REFERENCE_DATE
    parameters: Parameters = field(default_factory=Parameters)
    restricted: frozenset[str] = frozenset()

    def rows(self, table: str) -> list[Row]:
        """Return the rows of one table; every known column is there, empty if not given."""
        blank = dict.fromkeys(COLUMNS[table], "")
        return [{**blank, FILE: table, **row} for row in self.tables.get(table, [])]

    def but(self, **changes: object) -> "World":
        """Return the same world with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names are the fields' own

    def write(self, folder: Path) -> list[Path]:
        """Write one CSV file for each source file of each table that has rows."""
        folder.mkdir(parents=True, exist_ok=True)
        return [
            _write(folder / f"{table}-{file}.csv", COLUMNS[table], rows)
            for table in COLUMNS
            for file, rows in _by_file(self.rows(table)).items()
        ]


def _by_file(rows: Iterable[Row]) -> dict[str, list[Row]]:
    files: dict[str, list[Row]] = {}
    for row in rows:
        files.setdefault(row[FILE], []).append(row)
    return files


def _write(path: Path, columns: tuple[str, ...], rows: list[Row]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def drawn(text: str) -> list[Row]:
    """Return the rows of a table drawn with `|` between cells; the first line names the columns."""
    lines = [line for line in text.splitlines() if line.strip()]
    names, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    for cells in rows:
        if len(cells) != len(names):
            raise ValueError(f"a row has {len(cells)} cells under {len(names)} columns: {cells}")
    return [dict(zip(names, cells, strict=True)) for cells in rows]


def _table(name: str, text: str) -> list[Row]:
    rows = drawn(text)
    unknown = {column for row in rows for column in row} - {*COLUMNS[name], FILE}
    if unknown:
        raise ValueError(f"{name} has no column {sorted(unknown)}")
    return [{**COLUMN_DEFAULTS.get(name, {}), **row} for row in rows]


def world(
    *,
    reference_date: str = "",
    restricted: str = "",
    parameters: Parameters | None = None,
    dob: Mapping[str, str] | None = None,
    **tables: str,
) -> World:
    """Return a world from drawn tables, filling in what the test leaves unsaid.

    Unsaid: every child (id beginning `c`) mentioned is a child of `m1` by birth; everybody has a
    person row, women born 1990-06-15 and children 2018-03-01 unless `dob` says (`""`: not known).
    A `person` table that is drawn replaces the rows of the people it names.
    """
    rows = {name: _table(name, text) for name, text in tables.items()}
    rows.setdefault("mother", _default_mothers(rows))
    rows["person"] = rows.get("person", []) + _default_people(rows, dob or {})
    return World(
        tables=rows,
        reference_date=date.fromisoformat(reference_date) if reference_date else REFERENCE_DATE,
        parameters=parameters or Parameters(),
        restricted=frozenset(restricted.split()),
    )


def _default_mothers(rows: Mapping[str, list[Row]]) -> list[Row]:
    named = [row[column] for table, column in SUBJECT_COLUMN.items() for row in rows.get(table, [])]
    named += [row["pers_person_id"] for row in rows.get("person", [])]
    children = sorted({name for name in named if name.startswith("c")})
    return [{"moth_person_id": "m1", "moth_childs_person_id": child} for child in children]


def _default_people(rows: Mapping[str, list[Row]], dob: Mapping[str, str]) -> list[Row]:
    said = {row["pers_person_id"] for row in rows.get("person", [])}
    women = [row["moth_person_id"] for row in rows["mother"]]
    children = [row["moth_childs_person_id"] for row in rows["mother"]]
    born = {**dict.fromkeys(children, "2018-03-01"), **dict.fromkeys(women, "1990-06-15"), **dob}
    return [
        {"pers_person_id": person, "pers_dob": born[person]}
        for person in dict.fromkeys(women + children)
        if person and person not in said
    ]
