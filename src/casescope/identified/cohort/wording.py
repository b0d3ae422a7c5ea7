"""The cohort list's sentences: why a woman is where she is, and what is doubtful about it."""

from dataclasses import dataclass
from datetime import date

_NO_TIER = {
    "age_not_known": "her age is not known",
    "outside_age": "she is outside child-bearing age",
    "no_removal": "no child of hers was removed",
    "outside_lookback": "her latest removal lies before the look-back",
}
_HER_CARE = {
    "no": "no child in her care",
    "recorded": "a child is recorded as in her care",
    "unknown": "whether a child is in her care is not known",
}
_SAID = {
    "placed with her": "placed with parents or in a mother-and-baby unit",
    "in care": "in care, placed elsewhere",
    "adopted": "adopted",
    "left care to someone else": "left care to someone else",
    "placed by an order": "placed with someone else by an order",
    "shares an address": "shares an address with her",
    "not recorded": "where the child lives is not recorded",
}
_LASTING = ("placed with her", "in care", "shares an address", "on a child protection plan",
            "in proceedings", "in pre-proceedings")  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One fact that a woman's standing rests on: a child's id, or none where it is about her."""

    about: str
    child: str
    said: str
    on: date | None


@dataclass(frozen=True)
class Doubt:
    """One thing that is doubtful: of a child, or of a link between two records."""

    kind: str
    child: str = ""
    person: str = ""
    other: str = ""
    probability: float | None = None
    on: date | None = None


@dataclass(frozen=True)
class Standing:
    """What decides where a woman stands under one count."""

    tier: str | None
    no_tier: str | None
    removed: int
    latest_on: date | None
    in_her_care: str
    pregnant: bool


def reasons(standing: Standing, facts: list[Fact]) -> list[str]:
    """Say why she is in her tier, or in none, from the published criteria alone."""
    said = []
    if standing.removed and standing.latest_on:
        children = "1 child" if standing.removed == 1 else f"{standing.removed} children"
        said.append(f"{children} removed, latest on {standing.latest_on.isoformat()}")
    if standing.tier is None:
        return [*said, f"in no tier: {_why_in_none(str(standing.no_tier), facts)}"]
    if standing.tier == "T4":
        said.append("care-experienced, with a child on a plan or in (pre-)proceedings")
        said += _told(facts, "in care once") + _told(facts, "at issue")
    said.append(_HER_CARE[standing.in_her_care])
    said += _told(facts, "care")
    return [*said, "pregnant", *_told(facts, "pregnant")] if standing.pregnant else said


def _why_in_none(no_tier: str, facts: list[Fact]) -> str:
    when = {fact.about: f" on {fact.on.isoformat()}" for fact in facts if fact.on}
    if no_tier == "died":
        return f"she died{when.get('died', '')}"
    if no_tier == "left_area":
        since = when.get("area", "").replace(" on ", " since ")
        return f"her latest address is outside the authority{since}"
    return _NO_TIER[no_tier]


def _told(facts: list[Fact], about: str) -> list[str]:
    """Return the facts about one thing as sentences, in the order of the children's ids."""
    found = [fact for fact in facts if fact.about == about]
    return [_sentence(fact) for fact in sorted(found, key=lambda fact: (fact.child, fact.said))]


def _sentence(fact: Fact) -> str:
    words = _SAID.get(fact.said, fact.said)
    when = ""
    if fact.on:
        when = f" {'since' if fact.said in _LASTING else 'on'} {fact.on.isoformat()}"
    return f"child {fact.child}: {words}{when}" if fact.child else f"{words}{when}"


def doubts(found: list[Doubt]) -> list[str]:
    """Say what is doubtful about a woman, in one steady order."""
    return sorted({_doubt(one) for one in found})


def _doubt(one: Doubt) -> str:
    day = f" ({one.on.isoformat()})" if one.on else ""
    share = f" (probability {one.probability:.2f})" if one.probability is not None else ""
    return {
        "mother_doubtful": f"whether she is the birth mother of {one.child}: the record does not "
        "say that the relationship is by birth",
        "two_mothers": f"whether she is the birth mother of {one.child}: two women are recorded",
        "age_estimated": "her age is estimated",
        "care_unknown": f"where child {one.child} lives is not recorded",
        "newborn_with_mother": f"child {one.child} may have been placed together with her as a "
        f"newborn{day}",
        "expected_date_passed": f"child {one.child} was expected{day} and no birth is recorded",
        "removal_age_not_known": f"the age of child {one.child} at removal is not known",
        "sources_differ": f"the 903 return and the case system differ about the care of child "
        f"{one.child}{day}",
        "probable_link": f"that records {one.person} and {one.other} are hers both is probable, "
        f"not declared{share}",
        "link_to_review": f"record {one.other} may be hers too and waits for review{share}",
    }[one.kind]
