"""Soils written rows with the faults of real extracts; what is true of the county is not touched.

Each function takes the sheets of one table and does one kind of damage; shares are at full mess.
"""

from collections.abc import Callable, Iterator

from casescope.synthetic.dice import Dice
from casescope.synthetic.files import Sheet
from casescope.synthetic.tables import Row

Damage = Callable[[list[Sheet], Dice, float], None]

DESCRIPTIONS = {
    "C1": "Interim care order", "C2": "Full care order", "D1": "Freeing order granted",
    "E1": "Placement order granted", "V2": "Single period of accommodation under section 20",
    "V3": "Accommodated under an agreed series of short-term breaks (individual episodes)",
    "V4": "Accommodated under an agreed series of short-term breaks (agreements)",
    "L1": "Under police protection and in local authority accommodation",
    "L2": "Emergency protection order", "L3": "Under child assessment order",
    "J1": "Remanded to local authority accommodation",
}  # fmt: skip
UNREADABLE = ("31/02/2019", "unknown", "00/00/0000", "2019", "13/13/2020")
_DATES = {
    "episodes": ("DECOM", "DEC"),
    "ssd_cla_episodes": ("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    "ssd_cp_plans": ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_person": ("pers_dob",),
}
_YES = {"1": ("1.0", "Y", "true", "1"), "0": ("0.0", "N", "false", "0")}
_BOOLEANS = {
    "header": "MOTHER",
    "ssd_person": "pers_is_mother",
    "place_lookup": "place_in_authority",
}


def _of(sheets: list[Sheet], *tables: str) -> Iterator[Sheet]:
    return (sheet for sheet in sheets if sheet.table in tables)


def _rows(sheets: list[Sheet], *tables: str) -> Iterator[Row]:
    return (row for sheet in _of(sheets, *tables) for row in sheet.rows)


def lose_mothers(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Leave out some mother-child rows, far more of adopted children, and ended ones."""
    adopted = {
        row["perm_person_id"]
        for row in _rows(sheets, "ssd_permanence")
        if row["perm_permanence_order_type"] == "Adoption"
    }
    for sheet in _of(sheets, "ssd_mother"):
        sheet.rows = [
            row
            for row in sheet.rows
            if not dice.chance(mess * (0.3 if row["moth_childs_person_id"] in adopted else 0.04))
            and not (row["moth_end_date"] and dice.chance(mess * 0.5))
        ]


def invent_mothers(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Add rows without a child, second birth mothers, and people who are their own mother."""
    for sheet in _of(sheets, "ssd_mother"):
        if not sheet.rows:
            continue
        added = []
        for row in sheet.rows:
            if dice.chance(0.02 * mess):
                added.append(row | {"moth_childs_person_id": "", "moth_childs_dob": ""})
            if dice.chance(0.004 * mess):
                added.append(row | {"moth_person_id": dice.pick(sheet.rows)["moth_person_id"]})
            if dice.chance(0.002 * mess):
                added.append(row | {"moth_person_id": row["moth_childs_person_id"]})
        for row in added:
            row["moth_table_id"] = str(len(sheet.rows) + 1)
            sheet.rows.append(row)


def blur_people(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Set some mothers' birth dates to 1 January, and empty a few of their rows."""
    for row in _rows(sheets, "ssd_person"):
        if row["pers_is_mother"] != "1":
            continue
        if row["pers_dob"] and dice.chance(0.02 * mess):
            row["pers_dob"] = row["pers_dob"][:4] + "-01-01"
        if dice.chance(0.005 * mess):
            row.update(pers_forename="", pers_surname="", pers_dob="")


def blur_statuses(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Write unknown legal statuses in the returns, and descriptions in the case system."""
    for row in _rows(sheets, "episodes"):
        if dice.chance(0.006 * mess):
            row["LS"] = dice.pick(("", "X9", "CO"))
    for row in _rows(sheets, "ssd_legal_status"):
        status = row["lega_legal_status"]
        if dice.chance(mess):
            row["lega_legal_status"] = DESCRIPTIONS.get(status, status)


def lose_first_rows(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Leave out some episodes that begin a period of care."""
    for sheet in _of(sheets, "episodes"):
        sheet.rows = [
            row for row in sheet.rows if row["RNE"] != "S" or not dice.chance(0.015 * mess)
        ]


def blur_dates(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Write a few dates that nobody can read."""
    for table, columns in _DATES.items():
        for row in _rows(sheets, table):
            for column in columns:
                if row[column] and dice.chance(0.002 * mess):
                    row[column] = dice.pick(UNREADABLE)


def repeat_rows(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Write some rows twice."""
    for sheet in sheets:
        if sheet.table != "place_lookup":
            sheet.rows += [dict(row) for row in sheet.rows if dice.chance(0.008 * mess)]


def spell_booleans(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Spell yes and no in the ways that systems do, one way a file."""
    for sheet in _of(sheets, *_BOOLEANS):
        column, way = _BOOLEANS[sheet.table], dice.number(0, 3)
        if dice.chance(mess):
            for row in sheet.rows:
                row[column] = _YES[row[column]][way] if row[column] in _YES else row[column]


def save_differently(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Save some files with semicolons, in Windows-1252 or with a byte order mark."""
    for sheet in sheets:
        if dice.chance(0.3 * mess):
            sheet.delimiter = ";"
        if dice.chance(0.5 * mess):
            sheet.encoding = dice.pick(("cp1252", "utf-8-sig"))


DAMAGES: tuple[Damage, ...] = (
    lose_mothers, invent_mothers, blur_people, blur_statuses, lose_first_rows, blur_dates,
    repeat_rows, spell_booleans, save_differently,
)  # fmt: skip


def soil(sheets: list[Sheet], dice: Dice, mess: float) -> None:
    """Do every kind of damage, as much as `mess` (0 to 1) says."""
    for damage in DAMAGES:
        damage(sheets, dice, mess)
