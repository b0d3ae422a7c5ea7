"""Who and where: disability as recorded (Equality Act 2010, section 149), and areas."""

import re
from collections import Counter

from casescope.dataset.schema import AREA_NOT_KNOWN, OTHER_AREAS
from casescope.findings.cohort import by_band
from casescope.findings.finding import TableFinding
from casescope.findings.reader import Records

DISABILITY = ("Recorded", "Recorded no", "Not recorded")
LEAST_IN_AREA = 10
"""Women in T1 to T3 whom an area must have to be named; the others are taken together."""


def tables(reader: Records) -> list[TableFinding]:
    """Return women in T1 to T3 by recorded disability and by area."""
    return [disability(reader), areas(reader)]


def disability(reader: Records) -> TableFinding:
    """Return women in T1 to T3 by recorded disability."""
    return by_band(
        reader, "disability", "Women in tiers 1 to 3 by recorded disability",
        "Learning or physical disability", DISABILITY,
    )  # fmt: skip


def _as_counted(name: str) -> tuple[tuple[int, str], ...]:
    """Return by what to sort a name: 2 comes before 10."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def areas(reader: Records) -> TableFinding:
    """Return women in T1 to T3 by area, those with few women taken together."""
    women: Counter[str] = Counter()
    for row in reader.rows("areas"):
        women[row["band"]] += row["women"]
    named = tuple(
        sorted((area for area in women
                if area not in (OTHER_AREAS, AREA_NOT_KNOWN) and women[area] >= LEAST_IN_AREA),
               key=_as_counted)
    )  # fmt: skip
    bands = (*named, OTHER_AREAS, AREA_NOT_KNOWN) if set(women) - {AREA_NOT_KNOWN} else ()

    def band_of(area: str) -> str:
        return area if area in bands else OTHER_AREAS

    return by_band(reader, "areas", "Women in tiers 1 to 3 by area", "Area", bands, band_of)
