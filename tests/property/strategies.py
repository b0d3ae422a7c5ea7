"""Arbitrary small worlds, crowded so that windows, boundaries and ties are hit.

Left out on purpose, because the definitions do not say what they mean: two different rows for one
person record, an episode reported twice in one way but with different reasons, and a birth date of
29 February.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casescope.governance.parameters import Parameters
from casescope.kernel.dates import add_years
from tests.oracle.reading import day
from tests.worlds import FILE, Row, World

Draw = Callable[[st.SearchStrategy[Any]], Any]

STATUSES = (
    "C1", "C1", "C2", "C2", "D1", "E1", "L1", "L2", "L3", "V2", "V2", "V2", "V2", "V2", "V3", "V4",
    "J1", "", "Q9",
)  # fmt: skip
PLACES = ("U4", "U4", "U4", "U1", "A5", "K2", "P1", "P1", "R3", "", "ZZ")
ENDED = ("X1", "X1", "E4A", "E4A", "E4B", "E8", "E2", "E11", "E12", "E13", "E41", "E45", "E3", "")
STEPS = (0, 0, 0, 1, 1, 2, 7, 14, 14, 15, 28, 90, 91, 200, 365, 366)
"""Days between two facts: the edges of every window."""

ORDERS = (
    "special guardianship order", "child arrangements order", "residence order", "care order",
    "interim care order", "supervision order", "placement order", "adoption order",
)  # fmt: skip
WITH_WHOM = ("", "", "mother", "father", "kin", "foster", "adopters", "other")
CHILDHOOD = 2010
"""The last year of episodes that are a mother's own."""
POSTCODES = (
    "EX1 1AA",
    "EX1 1AA",
    "ex11aa",
    "ex1 1ab",
    "EX1 1AA",
    "OT2 1AA",
    "OT2 3AB",
    "EX1 9ZZ",
    "QQ7 7QQ",
    "",
)
LOOKUP = (("EX1", "1"), ("OT2", "0"), ("EX1 9ZZ", "0"), ("OT2 3AB", "1"))
FACTORS = (
    '["1B"]',
    '["21"]',
    '["1B", null, "3A"]',
    '{"1B": "No", "4B": "Yes"}',
    "[]",
    '["21","6B"]',
)


@dataclass(frozen=True)
class Times:
    """The reference date, and the days about which one family's facts crowd."""

    today: date
    anchors: tuple[date, ...]


@st.composite
def worlds(draw: Draw) -> World:
    """Return a world of one to three families of strangers, each of a few women and children."""
    today = draw(st.sampled_from([date(2025, 1, 1), date(2024, 2, 29), date(2024, 3, 31)]))
    tables: dict[str, list[Row]] = {
        "place": [{"place_postcode": p, "place_in_authority": i} for p, i in LOOKUP]
    }
    restricted: list[str] = []
    for family in range(draw(st.sampled_from([1, 2, 3, 3]))):
        women = draw(names("mnp"[family], (1, 1, 1, 1, 2, 2, 3)))
        children = draw(names("cde"[family], (1, 2, 2, 3, 3, 4, 5)))
        for table, rows in draw(records(women, children, draw(anchored(today)))).items():
            tables.setdefault(table, []).extend(rows)
        restricted += [person for person in women + children if draw(rarely())]
    return World(tables, today, draw(parameters()), frozenset(restricted))


def anchored(today: date) -> st.SearchStrategy[Times]:
    """Return the times of one family: today, the edges of the look-backs, or a plain day."""
    anchors = [
        date(2022, 5, 1),
        date(2021, 1, 1),
        today,
        add_years(today, -1),
        add_years(today, -5),
    ]
    return st.lists(st.sampled_from(anchors), min_size=1, max_size=2, unique=True).map(
        lambda chosen: Times(today, tuple(chosen))
    )


def names(letter: str, sizes: tuple[int, ...]) -> st.SearchStrategy[list[str]]:
    """Return ids such as m1, m2, m3."""
    return st.sampled_from(sizes).map(lambda n: [f"{letter}{number}" for number in range(1, n + 1)])


@st.composite
def records(
    draw: Draw, women: list[str], children: list[str], times: Times
) -> dict[str, list[Row]]:
    """Return everything that files say about one family, crowded about its children's episodes."""
    care = draw(episodes(women, children, times))
    met = {found for row in care for name in ("DECOM", "DEC") if (found := day(row[name]))}
    recent = sorted(when for when in met if when.year > CHILDHOOD)
    times = Times(times.today, (*times.anchors[:1], *recent))
    return {
        "person": draw(people(women, children, times)),
        "mother": draw(relationships(women, children, times)),
        "linked_identifier": draw(identifiers(women, children)),
        "header": draw(headers(women, children)),
        "episodes": care,
        "uasc": [{"CHILD": c} for c in children if draw(rarely())],
        "proceedings": draw(proceedings(children, times)),
        "permanence": draw(outside_orders(children, times, "permanence")),
        "legal_status": draw(outside_orders(children, times, "legal_status")),
        "cp_plan": draw(plans(women + children, times)),
        "care_leaver": [{"clea_person_id": w} for w in women if draw(sometimes())],
        "address": draw(addresses(women, children, times)),
        **draw(assessments(children, times)),
    }


def rarely() -> st.SearchStrategy[bool]:
    """Return a strategy that is true about once in fifteen."""
    return st.sampled_from([False] * 14 + [True])


def sometimes() -> st.SearchStrategy[bool]:
    """Return a strategy that is true about once in three."""
    return st.sampled_from([False, False, True])


def days(times: Times) -> st.SearchStrategy[date]:
    """Return days that crowd about a family's anchors, so that every window's edge is met."""
    near = st.sampled_from((*STEPS, *(-step for step in STEPS)))
    anchors = st.sampled_from(times.anchors)
    return st.builds(lambda anchor, step: anchor + timedelta(days=step), anchors, near)


def between(times: Times) -> st.SearchStrategy[date]:
    """Return days at the edge of what proceedings reach, or half way between two anchors."""
    anchors = st.sampled_from(times.anchors)
    reach = st.sampled_from([-366, -365, 365, 366])
    return st.one_of(
        st.builds(lambda anchor, step: anchor + timedelta(days=step), anchors, reach),
        st.builds(lambda one, other: one + (other - one) / 2, anchors, anchors),
    )


def cells(values: st.SearchStrategy[date]) -> st.SearchStrategy[str]:
    """Return dates as a file writes them, one in four the British way."""
    styles = st.sampled_from(["%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d", "%d/%m/%Y"])
    return st.builds(lambda value, style: value.strftime(style), values, styles)


def perhaps(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a cell that is empty about half the time."""
    return st.one_of(st.just(""), values)


def parameters() -> st.SearchStrategy[Parameters]:
    """Return the defaults or others."""
    others = st.builds(
        Parameters,
        gap_days=st.sampled_from([0, 1, 2, 14]),
        max_age_at_removal=st.sampled_from([5, 16, 18, 18]),
        route_window_days=st.sampled_from([0, 14, 28]),
        event_window_days=st.sampled_from([0, 7, 14, 28, 90]),
        lookback_years=st.sampled_from([1, 5, 10]),
        age_min=st.sampled_from([16, 20]),
        age_max=st.sampled_from([35, 45]),
        washout_years=st.sampled_from([0, 1, 2]),
        observation_start=st.sampled_from([None, date(2010, 4, 1), date(2019, 1, 1)]),
    )
    return st.one_of(st.just(Parameters()), st.just(Parameters(washout_years=0)), others)


# who


@st.composite
def people(draw: Draw, women: list[str], children: list[str], times: Times) -> list[Row]:
    """Return one row for most person records, in the order of their ids."""
    rows = [draw(child_row(child, times)) for child in children if not draw(rarely())]
    rows += [draw(woman_row(woman, women[0], times)) for woman in women if not draw(rarely())]
    return rows


@st.composite
def child_row(draw: Draw, child: str, times: Times) -> Row:
    """Return a child: born, unborn or not known."""
    usual = st.sampled_from([date(2018, 3, 1), date(2016, 6, 15), date(2014, 12, 20)])
    coming_of_age = days(times).map(lambda d: date(d.year - 18, d.month, min(d.day, 28)))
    newborn = days(times).filter(lambda d: d <= times.today and (d.month, d.day) != (2, 29))
    born = draw(st.sampled_from([usual, usual, usual, coming_of_age, newborn]))
    kind = draw(st.sampled_from(["born"] * 6 + ["unborn", "not known"]))
    expected = draw(cells(days(times))) if kind == "unborn" else ""
    died = kind == "born" and draw(rarely())
    return {
        "pers_person_id": child,
        "pers_dob": draw(cells(born)) if kind == "born" else "",
        "pers_expected_dob": expected,
        "pers_death_date": draw(cells(days(times))) if died else "",
        "pers_upn": f"H{child}" if draw(sometimes()) else "",
    }


@st.composite
def woman_row(draw: Draw, woman: str, first: str, times: Times) -> Row:
    """Return a woman; a few share a name and birth date, a number or an old id with another."""
    edges = [
        date(times.today.year - age, times.today.month, min(times.today.day, 28))
        + timedelta(days=step)
        for age in (16, 36, 46, 50)
        for step in (-1, 0, 1)
    ]
    usual = st.sampled_from([date(1990, 6, 15), date(1995, 1, 1), date(1990, 6, 16)])
    choice = st.sampled_from([usual] * 6 + [st.sampled_from(edges)])
    born = draw(choice).filter(lambda d: (d.month, d.day) != (2, 29))
    known = draw(st.sampled_from(["pers_dob"] * 12 + ["pers_expected_dob", "nothing"]))
    dates = {known: draw(cells(born))} if known != "nothing" else {}
    return {
        "pers_person_id": woman,
        "pers_forename": draw(st.sampled_from(["Ada", "ada ", "Bea", "Cy", "Di", ""])),
        "pers_surname": draw(st.sampled_from(["O'Hara", "ohara", "Moss", "Nott", "Pym", ""]))
        + first[0],
        "pers_death_date": draw(cells(days(times))) if draw(rarely()) else "",
        "pers_single_unique_id": f"999 {first}" if draw(rarely()) else "",
        "pers_upn": draw(st.sampled_from(["", "", "", "UN1", f"H{first}"])),
        "pers_legacy_id": draw(st.sampled_from(["", "", "", "", f"L{first}", first])),
        **dates,
    }


@st.composite
def relationships(draw: Draw, women: list[str], children: list[str], times: Times) -> list[Row]:
    """Return mothers of most children, two of some, and daughters who are mothers themselves."""
    rows = []
    for child in children:
        mothers = {draw(st.sampled_from([women[0], *women]))}
        mothers |= {draw(st.sampled_from(women))} if draw(rarely()) else set()
        rows += [draw(relationship(mother, child, times)) for mother in sorted(mothers)]
    if len(women) > 1 and draw(rarely()):
        rows.append(draw(relationship(women[0], women[1], times)))
    if draw(rarely()):
        rows.append(draw(relationship(women[0], draw(st.sampled_from([women[0], ""])), times)))
    return rows


@st.composite
def relationship(draw: Draw, mother: str, child: str, times: Times) -> Row:
    """Return one relationship row."""
    return {
        "moth_person_id": mother,
        "moth_childs_person_id": child,
        "moth_table_id": draw(st.sampled_from(["1", "2", "9", "10"])) + mother[1:],
        "moth_relationship": draw(
            st.sampled_from(["birth"] * 12 + ["", "unknown", "adoptive", "step"])
        ),
        "moth_start_date": draw(cells(days(times))) if draw(sometimes()) else "",
    }


@st.composite
def identifiers(draw: Draw, women: list[str], children: list[str]) -> list[Row]:
    """Return 903 ids of children and, now and then, something that joins two women's records."""
    rows = [(child, "903 child id", f"9{child}") for child in children if draw(sometimes())]
    rows += [(woman, "NHS", f"4{women[0]}") for woman in women if draw(rarely())]
    rows += [(woman, "former id", women[0].upper()) for woman in women[1:] if draw(rarely())]
    rows += [(woman, "903 child id", f"9{woman}") for woman in women if draw(sometimes())]
    if draw(rarely()) and len(children) > 1:
        rows.append((children[0], "legacy id", f"9{children[1]}"))
    names = ("link_person_id", "link_identifier_type", "link_identifier_value")
    return [dict(zip(names, row, strict=True)) for row in rows]


@st.composite
def headers(draw: Draw, women: list[str], children: list[str]) -> list[Row]:
    """Return some SSDA903 headers, of children and of girls who became mothers."""
    of_children = [
        {"CHILD": draw(id903(child)), "UPN": f"H{child}", "DOB": "2017-07-07"}
        for child in children
        if draw(sometimes())
    ]
    flags = st.sampled_from(["0", "1", ""])
    of_women = [
        {"CHILD": draw(id903(w)), "MOTHER": draw(flags), "DOB": "1990-06-15"}
        for w in women
        if draw(rarely())
    ]
    return of_children + of_women


def id903(person: str) -> st.SearchStrategy[str]:
    """Return how SSDA903 calls a person: as the case system does, or by another id."""
    return st.sampled_from([person, person, f"9{person}"])


# what happened


@st.composite
def episodes(draw: Draw, women: list[str], children: list[str], times: Times) -> list[Row]:
    """Return everybody's episodes over two or three returns, some reported twice."""
    rows: list[Row] = []
    for person in children:
        rows += draw(history(person, times))
    for woman in women:
        if draw(rarely()):
            status = draw(st.sampled_from(["C2", "V2", "V4", "J1", ""]))
            rows.append(_episode(woman, date(2003, 1, 1), date(2004, 1, 1), status, "U4", "E4A"))
    again = draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else []
    rows += [draw(reported_again(row, times)) for row in again]
    return [row for row in _consistent(rows, times) if row]


@st.composite
def history(draw: Draw, person: str, times: Times) -> list[Row]:
    """Return one child's episodes, each near where the last ended."""
    start = draw(days(times))
    rows = []
    for _ in range(draw(st.sampled_from([0, 1, 1, 2, 2, 3, 4]))):
        length = draw(st.sampled_from(STEPS))
        end = start + timedelta(days=length) if not draw(rarely()) else None
        row = _episode(
            draw(id903(person)), start, end, draw(st.sampled_from(STATUSES)),
            draw(st.sampled_from(PLACES)), draw(st.sampled_from(ENDED)),
        )  # fmt: skip
        row["CIN"] = draw(st.sampled_from(["N1", "N1", "N7"]))
        row[FILE] = draw(st.sampled_from(["2023", "2024"]))
        rows.append(row)
        start = (end or start) + timedelta(days=draw(st.sampled_from((*STEPS, -1, -10))))
    if rows and draw(sometimes()):
        rows[-1] |= {"DEC": "", "REC": ""}
    return draw(voluntary_then_order(person, times)) if draw(rarely()) else rows


@st.composite
def voluntary_then_order(draw: Draw, person: str, times: Times) -> list[Row]:
    """Return a voluntary start with an order at the edge of the route window, either way round."""
    start = draw(days(times))
    change = start + timedelta(days=draw(st.sampled_from([13, 14, 15, 28])))
    agreed = _episode(person, start, change, "V2", draw(st.sampled_from(["U4", "P1"])), "X1")
    ordered = _episode(person, change, None, draw(st.sampled_from(["C1", "L2"])), "U4", "")
    if draw(st.booleans()):
        return [agreed, ordered]
    swapped = {"LS": agreed["LS"]}, {"LS": ordered["LS"], "PLACE": "P1"}
    return [agreed | swapped[1], ordered | swapped[0]]


def _episode(
    child: str, start: date, end: date | None, status: str, place: str, reason: str
) -> Row:
    return {
        FILE: "2023",
        "CHILD": child,
        "DECOM": start.isoformat(),
        "RNE": "S",
        "LS": status,
        "CIN": "N1",
        "PLACE": place,
        "DEC": end.isoformat() if end else "",
        "REC": reason if end else "",
    }


@st.composite
def reported_again(draw: Draw, row: Row, times: Times) -> Row:
    """Return an episode as another return has it: the same, still open, corrected or unreadable."""
    change = draw(
        st.sampled_from(["nothing", "open", "end", "status", "place", "unreadable", "no start"])
    )
    changes = {
        "nothing": {},
        "open": {"DEC": "", "REC": ""},
        "end": {"DEC": draw(days(times)).isoformat()},
        "status": {"LS": draw(st.sampled_from(STATUSES))},
        "place": {"PLACE": draw(st.sampled_from(PLACES))},
        "unreadable": {"DEC": "31/02/2020"},
        "no start": {"DECOM": "soon"},
    }[change]
    return {**row, FILE: draw(st.sampled_from(["2022", "2023", "2024"])), **changes}


def _consistent(rows: list[Row], times: Times) -> list[Row]:
    """Give rows that differ in nothing the definitions rank by the same need and reason."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        end = row["DEC"] if row["DEC"] <= times.today.isoformat() else ""
        same = (row["CHILD"].removeprefix("9"), row["DECOM"], end, row["LS"], row["PLACE"])
        first = seen.setdefault(same, row)
        row |= {"CIN": first["CIN"], "REC": first["REC"] if row["DEC"] else ""}
    return rows


@st.composite
def proceedings(draw: Draw, children: list[str], times: Times) -> list[Row]:
    """Return proceedings rows, many of which share an id."""
    if not children:
        return []
    one = st.fixed_dictionaries(
        {
            "proc_id": st.sampled_from([f"{children[0]}/{n}" for n in (1, 1, 2, 3)]),
            "proc_child_person_id": st.sampled_from(children),
            "proc_application_date": cells(st.one_of(days(times), between(times))),
            "proc_authority": st.sampled_from(["", "", "", "Exampleshire", "Elsewhere"]),
        }
    )
    return [
        {**row, **draw(order(times))}
        for row in draw(st.lists(one, min_size=draw(st.sampled_from([0, 2, 3, 4])), max_size=5))
    ]


@st.composite
def order(draw: Draw, times: Times) -> Row:
    """Return how proceedings ended, if they did."""
    if draw(st.booleans()):
        return {}
    return {
        "proc_order": draw(st.sampled_from(ORDERS)),
        "proc_order_date": draw(cells(days(times))),
        "proc_placed_with": draw(st.sampled_from(WITH_WHOM)),
    }


@st.composite
def outside_orders(draw: Draw, children: list[str], times: Times, table: str) -> list[Row]:
    """Return orders made without care, as the legal status or the permanence table has them."""
    person, kind, when = {
        "permanence": (
            "perm_person_id", "perm_permanence_order_type", "perm_permanence_order_date",
        ),
        "legal_status": (
            "lega_person_id", "lega_legal_status", "lega_legal_status_start_date",
        ),
    }[table]  # fmt: skip
    kinds = {"permanence": ["SGO", "CAO", "Adoption"], "legal_status": ["SGO", "CAO", "PLOPRE"]}
    return [
        {person: child, kind: draw(st.sampled_from(kinds[table])), when: draw(cells(days(times)))}
        for child in children
        if draw(rarely())
    ]


@st.composite
def plans(draw: Draw, persons: list[str], times: Times) -> list[Row]:
    """Return child protection plans."""
    return [
        {
            "cppl_person_id": person,
            "cppl_cp_plan_start_date": draw(cells(days(times))),
            "cppl_cp_plan_end_date": draw(perhaps(cells(days(times)))),
        }
        for person in persons
        if draw(sometimes())
    ]


@st.composite
def addresses(draw: Draw, women: list[str], children: list[str], times: Times) -> list[Row]:
    """Return addresses; no two of one household start on one day and are both current or not."""
    rows = []
    weeks = iter(draw(st.permutations(range(-2 * len(women + children), 2))))
    for person in women + children:
        for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
            rows.append(
                {
                    "addr_person_id": person,
                    "addr_address_postcode": draw(st.sampled_from(POSTCODES)),
                    "addr_address_start_date": (
                        times.today + timedelta(weeks=next(weeks))
                    ).isoformat(),
                    "addr_address_end_date": draw(perhaps(cells(days(times)))),
                }
            )
    return rows


@st.composite
def assessments(draw: Draw, children: list[str], times: Times) -> dict[str, list[Row]]:
    """Return assessments with one list of factors each."""
    made = [(f"a{child}", child) for child in children if draw(sometimes())]
    return {
        "assessment": [
            {
                "cina_assessment_id": assessment,
                "cina_person_id": child,
                "cina_assessment_start_date": draw(cells(days(times))),
            }
            for assessment, child in made
        ],
        "assessment_factor": [
            {
                "cinf_assessment_id": assessment,
                "cinf_assessment_factors_json": draw(st.sampled_from(FACTORS)),
            }
            for assessment, _ in made
        ],
    }
