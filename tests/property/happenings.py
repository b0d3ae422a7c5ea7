"""What happened to one family: care, proceedings, orders, plans, addresses, assessments."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.oracle.reading import day
from tests.property.times import (
    STEPS,
    Draw,
    Times,
    between,
    cells,
    days,
    perhaps,
    rarely,
    sometimes,
)
from tests.worlds import FILE, Row

STATUSES = (
    "C1", "C1", "C2", "C2", "D1", "E1", "L1", "L2", "L3", "V2", "V2", "V2", "V2", "V2", "V3", "V4",
    "J1", "", "Q9",
)  # fmt: skip
PLACES = ("U4", "U4", "U4", "U1", "A5", "K2", "P1", "P1", "R3", "", "ZZ")
ENDED = ("X1", "X1", "E4A", "E4A", "E4B", "E8", "E2", "E11", "E12", "E13", "E41", "E45", "E3", "")
ORDERS = (
    "special guardianship order", "child arrangements order", "residence order", "care order",
    "interim care order", "supervision order", "placement order", "adoption order",
)  # fmt: skip
MOVED = (0, 0, 0, 0, 0, 0, 3, 7, 8, -5, -7, -8, 40)
"""Days by which the case system's start of an episode differs from the returns'."""

WITH_WHOM = ("", "", "mother", "father", "kin", "foster", "adopters", "other")
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
FACTORS = (
    '["1B"]',
    '["21"]',
    '["1B", null, "3A"]',
    '{"1B": "No", "4B": "Yes"}',
    "[]",
    '["21","6B"]',
)


def id903(person: str) -> st.SearchStrategy[str]:
    """Return how SSDA903 calls a person: as the case system does, or by another id."""
    return st.sampled_from([person, person, f"9{person}"])


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
        row["CIN"] = draw(st.sampled_from(["N1", "N1", "N7", "N2"]))
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
def described(
    draw: Draw, children: list[str], care: list[Row], times: Times
) -> dict[str, list[Row]]:
    """Return what the case system tells of children's care: like the returns, but not quite."""
    tables: dict[str, list[Row]] = {"cla_episode": [], "placement": [], "legal_status": []}
    for child in children:
        if not draw(sometimes()):
            continue
        rows = [row for row in care if row["CHILD"].removeprefix("9") == child]
        extra = draw(history(child, times)) if draw(sometimes()) else []
        starts: set[date] = set()
        for row in [*rows, *extra]:
            start = day(row["DECOM"])
            moved = start + timedelta(days=draw(st.sampled_from(MOVED))) if start else None
            if moved and moved not in starts and not draw(rarely()):
                starts.add(moved)
                _describe(tables, child, moved, row, draw(st.sampled_from([*STATUSES, "", ""])))
    return tables


def _describe(tables: dict[str, list[Row]], child: str, start: date, row: Row, status: str) -> None:
    number = str(len(tables["placement"]) + 1)
    tables["cla_episode"].append(
        {
            "clae_person_id": child,
            "clae_cla_id": "1",
            "clae_cla_episode_start_date": start.isoformat(),
            "clae_cla_episode_ceased_date": row["DEC"],
            "clae_cla_episode_ceased_reason": row["REC"],
            "clae_cla_placement_id": f"{child}/{number}" if row["PLACE"] != "U1" else "",
            "clae_cla_primary_need_code": row["CIN"],
        }
    )
    tables["placement"].append(
        {
            "clap_cla_placement_id": f"{child}/{number}",
            "clap_person_id": child,
            "clap_cla_placement_start_date": start.isoformat(),
            "clap_cla_placement_end_date": (start + timedelta(days=30)).isoformat(),
            "clap_cla_placement_type": row["PLACE"],
        }
    )
    tables["legal_status"].append(
        {
            "lega_person_id": child,
            "lega_legal_status": row["LS"] if status in ("", "Q9") else status,
            "lega_legal_status_start_date": start.isoformat(),
            "lega_legal_status_end_date": row["DEC"],
        }
    )


def cut(rows: list[Row], since: date, until: date) -> list[Row]:
    """Return what returns from `since` to `until` hold: care that had not ended before, as then."""
    return [
        row | ({"DEC": "", "REC": ""} if ended and ended > until else {})
        for row in rows
        if (begun := day(row["DECOM"])) and begun <= until
        and ((ended := day(row["DEC"])) is None or ended >= since)
    ]  # fmt: skip


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
def intentions(draw: Draw, children: list[str], times: Times) -> list[Row]:
    """Return decisions to begin pre-proceedings, and applications to court that came of them."""
    return [
        {
            "prep_person_id": child,
            "prep_pre_pro_decision_date": draw(cells(days(times))),
            "prep_court_application_date": draw(perhaps(cells(days(times)))),
        }
        for child in children
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
