"""Plain words for the names that findings use for lines, doubts and groups."""

from casescope.dataset.signs import CONFLICTS

FLOW = {
    "person_records": "records of people in the case system",
    "not_mothers": "Not recorded as anybody’s mother",
    "mothers_records": "records of mothers",
    "joined": "A further record of the same woman",
    "women": "women, each counted once",
    "withheld": "Left out because a restriction is on her record",
    "women_studied": "women in the study",
    "died": "Has died",
    "age_not_known": "Age not known",
    "outside_age": "Not of child-bearing age",
    "left_area": "Known to have left the area",
    "no_removal": "No child removed, and not at risk by the published rules",
    "outside_lookback": "Latest removal too long ago",
    "in_cohort": "women in one of the four groups",
    "T1": "T1: two or more children removed, none in her care",
    "T2": "T2: as T1, but a child is or may be in her care, or she is pregnant",
    "T3": "T3: one child removed",
    "T4": "T4: care-experienced, no child removed, a child on a plan or in proceedings",
}
DOUBTS = {
    "doubtful_mother_links": "The link between a removed child and their mother is doubtful",
    "two_birth_mothers": "Two birth mothers are recorded for one child",
    "expected_date_passed": "An unborn child’s expected date has passed, with no birth recorded",
    "children_903_not_joined": "A child in the yearly return was not found in the case system",
    "removal_age_not_known": "The child’s age at removal is not known",
    "newborn_perhaps_with_mother": "A newborn may have been placed together with their mother",
    **{conflict.id: conflict.label for conflict in CONFLICTS},
    "probable_links": "A woman whose records were joined because they probably belong together",
    "links_to_review": "Two records that may be one woman, left for a person to decide",
    "latest_address_in_no_row": "A woman’s latest address is in no row of the place lookup, so "
    "nobody can tell whether she has left",
}
_ROUTES = {"court": "Court order", "emergency": "Emergency power", "voluntary": "By agreement"}


_KINDS = {"stock": "women left", "out": "leave here", "tier": "group"}
_ENDED = {"All": "All children", "all": "All children"}
_WORDS: dict[tuple[str, int], dict[str, str]] = {
    ("flow", 0): FLOW,
    ("flow", 1): _KINDS,
    ("caveats", 0): DOUBTS,
    ("removals_by_route", 0): _ROUTES,
    ("coverage", 1): _ENDED,
    ("links_reviewed", 1): {"all": "All links"},
}
"""Words by finding and place of the label in its row."""


def label(finding: str, place: int, name: str) -> str:
    """Return the words for a label of a finding; a name without any is read as plain words."""
    words = _WORDS.get((finding, place))
    return name if words is None else words.get(name) or plain(name)


def plain(name: str) -> str:
    """Return a name of the dataset as words: `age_not_known` becomes "Age not known"."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
