"""Reads the council's logo, which lies beside study.toml."""

from pathlib import Path

from casescope.governance.study_file.look_lines import LookLines
from casescope.kernel.errors import StudyFileRefused
from casescope.report.charts.palette import MAIN
from casescope.report.look import Look, is_whole, size_of

_MOST = 512 * 1024
_MOST_DOTS = 4_000
"""Wide or high: unpacked, half a megabyte may be gigabytes."""

_REMEDY = "Put a PNG file of at most half a megabyte beside study.toml, or empty report.logo there."


def look_of(home: Path, lines: LookLines) -> Look:
    """Return how the study's report looks; a logo that can't be shown is refused by its name."""
    return Look(lines.colour or MAIN, _logo(home, lines.logo) if lines.logo else b"")


def _logo(home: Path, name: str) -> bytes:
    try:
        with (home / name).open("rb") as file:
            logo = file.read(_MOST + 1)
    except OSError as error:
        raise StudyFileRefused(f"The logo {name} cannot be read.", _REMEDY) from error
    if len(logo) > _MOST:
        raise StudyFileRefused(f"The logo {name} is larger than half a megabyte.", _REMEDY)
    size = size_of(logo)
    if size is None:
        raise StudyFileRefused(f"The logo {name} is no PNG file.", _REMEDY)
    if max(size) > _MOST_DOTS:
        raise StudyFileRefused(f"The logo {name} is larger than {_MOST_DOTS:,} dots.", _REMEDY)
    if not is_whole(logo):
        raise StudyFileRefused(f"The logo {name} is damaged, or only a part of it.", _REMEDY)
    return logo
