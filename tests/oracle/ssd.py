"""Looked-after episodes of the Safeguarding Dataset, as the SSDA903 rows that they stand for."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

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
    "POLICE AND CRIMINAL EVIDENCE ACT 1984": "J2",
}
"""Legal statuses as some systems write them."""

REASONS_IN_WORDS = """\
E3 | Care taken over by another local authority in the UK
E4A | Returned home to live with parent(s), relative(s), or other person(s) with parental \
responsibility as part of the care planning process (not under a special guardianship order or \
residence order/ child arrangement order).
E4B | Returned home to live with parent(s), relative(s), or other person(s) with parental \
responsibility which was not part of the current care planning process (not under a special \
guardianship order or residence order or (from 22 April 2014) a child arrangement order).
E13 | Left care to live with parent(s), relative(s), or other person(s) with no parental \
responsibility.
E41 | Residence order/ child arrangement order which sets out with whom the child is to live) \
granted
E47 | Special guardianship order made to carer(s), other than former foster carer(s), who \
was/are a relative(s) or friend(s)
E11 | Adopted - application for an adoption order unopposed
E11 | E1
E12 | Adopted – consent dispensed with by the court
E2 | Died
E8 | Period of being looked-after ceased for any other reason"""

REASONS = {
    words.strip(): reason.strip()
    for reason, _, words in (line.partition("|") for line in REASONS_IN_WORDS.splitlines())
}
"""Why care ceased, in the words of the DfE, which some systems write."""

PLACES = {
    "Placed with own parent(s) or other person(s) with parental responsibility": "P1",
    "Placed with parents": "P1",
    "Family centre or mother and baby unit": "R3",
    "Parent & child unit": "R3",
    "Mother and baby foster placement": "U6",
    "Foster placement with relative(s) or friend(s) – long term fostering": "U1",
}
"""Placements in words."""

CODES = {"C1", "C2", "D1", "E1", "L1", "L2", "L3", "V2", "V3", "V4", "J1", "J2", "J3"}


def twins(world: World) -> list[Row]:
    """Return one row in SSDA903's columns for each looked-after episode, cut where it changes."""
    return [twin for row in world.rows("cla_episode") for twin in pieces(world, row)]


def pieces(world: World, row: Row) -> list[Row]:
    """Return one episode as the rows that a return would have: a new one at every change."""
    child, start = row["clae_person_id"].strip(), day(row["clae_cla_episode_start_date"])
    ended = day(row["clae_cla_episode_ceased_date"])
    last = ended if ended and ended <= world.reference_date else None
    starts: list[date | None] = [start]
    if start:
        changed = changes(statuses(world, child)) | changes(placements(world, child))
        stop = last or world.reference_date + timedelta(days=1)
        starts += sorted(when for when in changed if start < when < stop)
    return [
        {
            FILE: row[FILE],
            "CHILD": row["clae_person_id"],
            "DECOM": first.isoformat() if number and first else row["clae_cla_episode_start_date"],
            "LS": in_force(statuses(world, child), first or date.min, min),
            "CIN": row["clae_cla_primary_need_code"],
            "PLACE": place(world, row, first or date.min, is_first=number == 0),
            "DEC": following.isoformat() if following else row["clae_cla_episode_ceased_date"],
            "REC": "X1" if following else reason(row),
        }
        for number, (first, following) in enumerate(zip(starts, [*starts[1:], None], strict=True))
    ]


def reason(row: Row) -> str:
    """Return the code of the reason for which an episode ceased."""
    words = row["clae_cla_episode_ceased_reason"].strip()
    return REASONS.get(words, words)


Spans = dict[tuple[date, str], date]
"""What began when, and until when it held."""


def changes(told: Spans) -> set[date]:
    """Return the days on which what is in force changes to something else.

    It does where one begins, and where one ends while another that began no later goes on.
    """
    lasting = [(first, until) for (first, _), until in told.items() if first < until]
    return {first for first, _ in lasting} | {
        until
        for first, until in lasting
        if any(other <= first and until < then for other, then in lasting)
    }


def statuses(world: World, child: str) -> Spans:
    """Return a child's legal statuses that are codes, or stand for one."""
    found = spans(
        (
            DESCRIPTIONS.get(code(row["lega_legal_status"]), code(row["lega_legal_status"])),
            row["lega_legal_status_start_date"],
            row["lega_legal_status_end_date"],
        )
        for row in world.rows("legal_status")
        if row["lega_person_id"].strip() == child
    )
    return {told: until for told, until in found.items() if told[1] in CODES}


def spans(told: Iterable[tuple[str, str, str]]) -> Spans:
    """Return what was told with its first day and its end, as dates."""
    found: Spans = {}
    for what, begun, ended in told:
        first, until = day(begun), day(ended) or date.max
        if first and first <= until:
            found[first, what] = max(until, found.get((first, what), until))
    return found


def placements(world: World, child: str) -> Spans:
    """Return a child's placements."""
    return spans(
        (
            type_of(row),
            row["clap_cla_placement_start_date"],
            row["clap_cla_placement_end_date"],
        )
        for row in world.rows("placement")
        if row["clap_person_id"].strip() == child
    )


def in_force(told: Spans, when: date, choose: Callable[[list[str]], str]) -> str:
    """Return what was in force on a day: the latest to begin, of such what went on; else nothing.

    What ended on the day it began was in force that day.
    """
    then = [
        (first, until > when, what)
        for (first, what), until in told.items()
        if first <= when < until or first == when == until
    ]
    latest = max((found[:2] for found in then), default=None)
    return choose([what for *found, what in then if tuple(found) == latest] or [""])


def place(world: World, episode: Row, when: date, *, is_first: bool) -> str:
    """Return the type of placement: the one the episode names, or the child's on a later day."""
    wanted = episode["clae_cla_placement_id"].strip()
    types = [type_of(r) for r in world.rows("placement") if id_of(r) == wanted]
    named = types[0] if wanted and types else ""
    if wanted and is_first:
        return named
    return in_force(placements(world, episode["clae_person_id"].strip()), when, max) or named


def id_of(placed: Row) -> str:
    """Return the id of a placement."""
    return placed["clap_cla_placement_id"].strip()


def type_of(placed: Row) -> str:
    """Return the code of a placement's type."""
    words = placed["clap_cla_placement_type"].strip()
    return PLACES.get(words, words)
