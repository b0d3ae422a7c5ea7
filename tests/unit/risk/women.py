"""Pretend women of the shared dataset, drawn by hypothesis or said by hand."""

from datetime import date

from hypothesis import strategies as st

from casescope.dataset.schema import AGE_GROUPS
from casescope.dataset.sharing.subject import Subject

REFERENCE = date(2026, 3, 31)


def woman(name="ann", **known) -> Subject:
    """Return a woman of 30 in T3, a child of hers removed two years ago, unless said otherwise."""
    said = {
        "woman": name, "age": 30, "ethnicity": "White", "area": "North", "children": 1,
        "child_ages": ("1–4",), "days": (-730,), "followed": 730, "tier": "T3",
        "in_her_care": "no", "pregnant": False, "care_experienced": False,
        "ending": "end_of_extract", "reference_date": REFERENCE,
    }  # fmt: skip
    return Subject(**said | known)


@st.composite
def women(draw, *, most: int = 25):
    """Draw women with any history that the schema allows, each with a token of 32 hex digits."""
    return [_drawn(draw, f"{number:032x}") for number in range(draw(st.integers(0, most)))]


def _drawn(draw, token: str) -> Subject:
    ages = sorted(draw(st.lists(st.sampled_from(AGE_GROUPS), max_size=8)), key=AGE_GROUPS.index)
    events = min(len(ages), draw(st.integers(1, 8)))
    days = sorted(draw(st.lists(st.integers(-9000, 0), min_size=events, max_size=events)))
    return Subject(
        woman=token,
        age=draw(st.one_of(st.none(), st.integers(12, 70))),
        ethnicity=draw(st.sampled_from(["White", "Mixed", "Asian", "Black", "Other",
                                        "Not recorded"])),
        area=draw(st.sampled_from(["North", "South", "Not known"])),
        children=len(ages),
        child_ages=tuple(ages),
        days=tuple(days),
        followed=-days[0] if len(days) == 1 else None,
        tier=draw(st.sampled_from(["T1", "T2", "T3", "T4", "none"])),
        in_her_care="no",
        pregnant=False,
        care_experienced=draw(st.booleans()),
        ending="event" if len(days) > 1 else "end_of_extract" if days else "no removal",
        reference_date=REFERENCE,
    )  # fmt: skip
