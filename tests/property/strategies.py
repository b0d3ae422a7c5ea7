"""Arbitrary small worlds, crowded so that windows, boundaries and ties are hit.

Left out on purpose, because the definitions do not say what they mean: two different rows for one
person record, an episode reported twice in one way but with different reasons, and a birth date of
29 February.
"""

from datetime import date, timedelta

from hypothesis import strategies as st

from casescope.governance.study_file.parameters import Parameters
from tests.oracle.reading import day
from tests.property.happenings import (
    addresses,
    assessments,
    cut,
    described,
    episodes,
    id903,
    intentions,
    outside_orders,
    plans,
    proceedings,
)
from tests.property.times import Draw, Times, anchored, cells, days, rarely, sometimes
from tests.worlds import Row, World

CHILDHOOD = 2010
"""The last year of episodes that are a mother's own."""
RETURNS = (
    (date(2000, 1, 1), date(2022, 5, 1)),
    (date(2021, 4, 1), date(2030, 1, 1)),
    (date(2021, 4, 1), date(2023, 3, 31)),
)
"""From when to when the returns at hand may reach."""

LOOKUP = (("EX1", "1"), ("OT2", "0"), ("EX1 9ZZ", "0"), ("OT2 3AB", "1"))


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
    if draw(sometimes()):
        since, until = draw(st.sampled_from(RETURNS))
        tables["episodes"] = cut(tables["episodes"], since, until)
    return World(tables, today, draw(parameters()), frozenset(restricted))


def names(letter: str, sizes: tuple[int, ...]) -> st.SearchStrategy[list[str]]:
    """Return ids such as m1, m2, m3."""
    return st.sampled_from(sizes).map(lambda n: [f"{letter}{number}" for number in range(1, n + 1)])


@st.composite
def records(
    draw: Draw, women: list[str], children: list[str], times: Times
) -> dict[str, list[Row]]:
    """Return everything that files say about one family, crowded about its children's episodes."""
    care = draw(episodes(women, children, times))
    told = draw(described(children, care, times))
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
        "cla_episode": told["cla_episode"],
        "placement": told["placement"],
        "legal_status": draw(outside_orders(children, times, "legal_status"))
        + told["legal_status"],
        "pre_proceedings": draw(intentions(children, times)),
        "cp_plan": draw(plans(women + children, times)),
        "care_leaver": [{"clea_person_id": w} for w in women if draw(sometimes())],
        "address": draw(addresses(women, children, times)),
        **draw(assessments(children, times)),
    }


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
