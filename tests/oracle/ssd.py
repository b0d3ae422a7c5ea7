"""Looked-after episodes of the Safeguarding Dataset, as the SSDA903 rows that they stand for."""

from datetime import date

from tests.oracle.reading import code, day
from tests.worlds import FILE, Row, World

DESCRIPTIONS = {
    "INTERIM CARE ORDER": "C1",
    "CARE ORDER": "C2",
    "FULL CARE ORDER": "C2",
    "PLACEMENT ORDER": "E1",
    "POLICE PROTECTION": "L1",
    "EMERGENCY PROTECTION ORDER": "L2",
    "SECTION 20": "V2",
}
"""Legal statuses as some systems write them."""

CODES = {"C1", "C2", "D1", "E1", "L1", "L2", "L3", "V2", "V3", "V4", "J1", "J2", "J3"}


def twins(world: World) -> list[Row]:
    """Return one row in SSDA903's columns for each looked-after episode."""
    return [
        {
            FILE: row[FILE],
            "CHILD": row["clae_person_id"],
            "DECOM": row["clae_cla_episode_start_date"],
            "LS": status_at_start(world, row),
            "CIN": row["clae_cla_primary_need_code"],
            "PLACE": placement(world, row),
            "DEC": row["clae_cla_episode_ceased_date"],
            "REC": row["clae_cla_episode_ceased_reason"],
        }
        for row in world.rows("cla_episode")
    ]


def status_at_start(world: World, episode: Row) -> str:
    """Return the legal status in force on the day the episode started: the latest to begin."""
    start = day(episode["clae_cla_episode_start_date"]) or date.min
    found = []
    for row in world.rows("legal_status"):
        status = DESCRIPTIONS.get(code(row["lega_legal_status"]), code(row["lega_legal_status"]))
        begun = day(row["lega_legal_status_start_date"]) or date.max
        ended = day(row["lega_legal_status_end_date"]) or date.max
        same = row["lega_person_id"].strip() == episode["clae_person_id"].strip()
        if same and status in CODES and begun <= start < ended:
            found.append((begun, status))
    return max(found)[1] if found else ""


def placement(world: World, episode: Row) -> str:
    """Return the type of the episode's placement: by its id, else the child's on that day."""
    wanted = episode["clae_cla_placement_id"].strip()
    rows = world.rows("placement")
    if wanted:
        types = [r["clap_cla_placement_type"] for r in rows if id_of(r) == wanted]
        return types[0] if types else ""
    start = day(episode["clae_cla_episode_start_date"]) or date.min
    then = [
        (day(row["clap_cla_placement_start_date"]), row["clap_cla_placement_type"])
        for row in rows
        if row["clap_person_id"].strip() == episode["clae_person_id"].strip()
        and (day(row["clap_cla_placement_start_date"]) or date.max)
        <= start
        < (day(row["clap_cla_placement_end_date"]) or date.max)
    ]
    return max(then)[1] if then else ""


def id_of(placed: Row) -> str:
    """Return the id of a placement."""
    return placed["clap_cla_placement_id"].strip()
