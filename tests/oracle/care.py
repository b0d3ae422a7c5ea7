"""What happened to a child: episodes, and the periods of care that they make."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from casescope.kernel.codes import COUNTING_STATUSES, SHORT_BREAK_STATUSES
from casescope.kernel.dates import age_on
from tests.oracle.identity import People
from tests.oracle.reading import code, day, is_true, is_unreadable
from tests.oracle.ssd import twins
from tests.worlds import FILE, Row, World


@dataclass(frozen=True)
class Episode:
    """One episode as known on the reference date; `end` is nothing while it is open."""

    start: date
    end: date | None
    status: str
    place: str
    need: str
    reason: str

    def is_open_on_or_after(self, when: date) -> bool:
        """Answer whether it has not ended before `when`."""
        return self.end is None or self.end >= when


@dataclass(frozen=True)
class Period:
    """A child's joined episodes, in order of start."""

    episodes: tuple[Episode, ...]

    @property
    def start(self) -> date:
        """Return the first day."""
        return self.episodes[0].start

    @property
    def end(self) -> date | None:
        """Return the latest end, or nothing if an episode is open."""
        ends = [episode.end for episode in self.episodes]
        return None if None in ends else max(end for end in ends if end)


class Care:
    """Everybody's time in care."""

    def __init__(self, world: World, people: People) -> None:
        self.world = world
        self.people = people

    @cached_property
    def rows(self) -> list[Row]:
        """All episodes that returns of SSDA903 report."""
        return self.world.rows("episodes")

    def reach(self, file: str) -> date:
        """Return how far a return reaches: the latest date in it up to the reference date."""
        rows = [row for row in self.rows if row[FILE] == file]
        days = [day(row[column]) for row in rows for column in ("DECOM", "DEC")]
        return max((when for when in days if self.people.is_past(when)), default=date.min)

    def is_usable(self, row: Row) -> bool:
        """Answer whether an episode can be read and had started by the reference date."""
        return self.people.is_past(day(row["DECOM"])) and not is_unreadable(row["DEC"])

    def episode(self, row: Row) -> Episode:
        """Return one row as known on the reference date."""
        end = day(row["DEC"])
        ended = self.people.is_past(end)
        return Episode(
            start=day(row["DECOM"]),
            end=end if ended else None,
            status=code(row["LS"]),
            place=code(row["PLACE"]),
            need=code(row["CIN"]),
            reason=code(row["REC"]) if ended else "",
        )

    @cached_property
    def returned(self) -> dict[str, list[Episode]]:
        """Each person's episodes in SSDA903, one a start, from the return that reaches latest.

        A child of SSDA903 who is nobody in the case system goes by the id there.
        """
        found: dict[str, dict[date, list[tuple[date, Episode]]]] = {}
        for row in self.rows:
            person = self.people.person_of(row["CHILD"]) or f"903 {row['CHILD'].strip()}"
            if self.is_usable(row):
                episode = self.episode(row)
                versions = found.setdefault(person, {}).setdefault(episode.start, [])
                versions.append((self.reach(row[FILE]), episode))
        return {p: [best(found[p][start]) for start in sorted(found[p])] for p in found}

    @cached_property
    def all_episodes(self) -> dict[str, list[Episode]]:
        """Each person's episodes: of SSDA903, filled from the Safeguarding Dataset."""
        described: dict[str, dict[date, list[tuple[date, Episode]]]] = {}
        for row in twins(self.world):
            if self.is_usable(row):
                episode = self.episode(row)
                versions = described.setdefault(row["CHILD"].strip(), {})
                versions.setdefault(episode.start, []).append((date.min, episode))
        filled = dict(self.returned)
        for person, starts in described.items():
            told = [best(starts[start]) for start in sorted(starts)]
            known = self.returned.get(person)
            filled[person] = told if known is None else joined(known, told, self.covered)
        return filled

    @cached_property
    def covered(self) -> tuple[date, date]:
        """From when to when the returns cover: 1 April by their earliest end, and how far."""
        usable = [self.episode(row) for row in self.rows if self.is_usable(row)]
        first = min([e.end for e in usable if e.end] or [e.start for e in usable])
        april = date(first.year, 4, 1)
        since = april if april <= first else date(first.year - 1, 4, 1)
        return since, max(self.reach(row[FILE]) for row in self.rows)

    def episodes(self, person: str) -> list[Episode]:
        """Return one person's episodes in order of start."""
        return self.all_episodes.get(person, [])

    def periods(self, person: str) -> list[Period]:
        """Return a person's periods of care in order."""
        gap = timedelta(days=self.world.parameters.gap_days)
        made: list[Period] = []
        for episode in self.episodes(person):
            if made and (made[-1].end is None or episode.start <= made[-1].end + gap):
                made[-1] = Period((*made[-1].episodes, episode))
            else:
                made.append(Period((episode,)))
        return made

    @cached_property
    def unaccompanied(self) -> set[str | None]:
        """Everybody who is in the UASC table of any year."""
        return {self.people.person_of(row["CHILD"]) for row in self.world.rows("uasc")}

    def was_in_care(self, person: str) -> bool:
        """Answer whether somebody was in care as a child, but for short breaks or remand alone."""
        born = self.people.born(person)
        return any(
            episode.status in COUNTING_STATUSES
            and (born is None or age_on(born, episode.start) < 18)
            for episode in self.episodes(person)
        )

    def is_care_experienced(self, woman: frozenset[str]) -> bool:
        """Answer whether any record says that she was in care as a child."""
        leavers = {row["clea_person_id"].strip() for row in self.world.rows("care_leaver")}
        flagged = {
            self.people.person_of(row["CHILD"])
            for row in self.world.rows("header")
            if is_true(row["MOTHER"])
        }
        return any(p in leavers or p in flagged or self.was_in_care(p) for p in woman)

    def current_episode(self, child: str) -> Episode | None:
        """Return the latest-starting open episode that is not a short break."""
        running = [
            episode
            for episode in self.episodes(child)
            if episode.end is None and episode.status not in SHORT_BREAK_STATUSES
        ]
        return running[-1] if running else None

    def current_placement(self, child: str) -> str:
        """Return the placement of the latest-starting open episode, a short break's too."""
        running = [episode for episode in self.episodes(child) if episode.end is None]
        return running[-1].place if running else ""

    def last_reason(self, child: str) -> str:
        """Return why the episode that ended last ended."""
        ended = [episode for episode in self.episodes(child) if episode.end]
        return max(ended, key=lambda e: (e.end, e.start)).reason if ended else ""


def best(versions: list[tuple[date, Episode]]) -> Episode:
    """Return the version to use of one episode that was reported several times."""
    furthest = max(reach for reach, _ in versions)
    latest = [episode for reach, episode in versions if reach == furthest]
    ends = max(episode.end or date.max for episode in latest)
    longest = [episode for episode in latest if (episode.end or date.max) == ends]
    return min(longest, key=lambda e: (e.status == "", e.status, e.place == "", e.place))


SAME_START = timedelta(days=7)
"""Two systems' starts no further apart than this are the same start."""


def joined(known: list[Episode], told: list[Episode], covered: tuple[date, date]) -> list[Episode]:
    """Return what SSDA903 knows of a person, with what the case system tells of other times."""
    since, until = covered
    made = [continued(episode, told, until) for episode in known]
    added = [
        led_on(episode, told, known[0].start)
        for episode in told
        if is_news(episode, known, since, until)
    ]
    return sorted(made + added, key=lambda episode: episode.start)


def continued(episode: Episode, told: list[Episode], until: date) -> Episode:
    """Return an open episode ended as the case system ends what went on when the returns ended."""
    going_on = [
        other for other in told if runs_past(other, until) and other.start <= until + SAME_START
    ]
    if episode.end is not None or not going_on or going_on[0].end is None:
        return episode
    return replace(episode, end=going_on[0].end, reason=going_on[0].reason)


def is_news(episode: Episode, known: list[Episode], since: date, until: date) -> bool:
    """Answer whether an episode tells of a time that the returns do not cover."""
    if episode.start > until:
        return True
    if runs_past(episode, until):
        return not any(e.is_open_on_or_after(episode.start - SAME_START) for e in known)
    assert episode.end is not None
    first = known[0].start
    is_another = episode.start < first - SAME_START and episode.end <= first + SAME_START
    return episode.end < since and (episode.end <= first or is_another)


def led_on(episode: Episode, told: list[Episode], first: date) -> Episode:
    """Return an episode that ended as another began going on to the first returned one."""
    end = episode.end
    following = [e for e in told if e.start == end and (e.end is None or e.end > first)]
    if end and first - SAME_START <= end < first and following:
        return replace(episode, end=first)
    return episode


def runs_past(episode: Episode, until: date) -> bool:
    """Answer whether an episode ends after a day, or not at all."""
    return episode.end is None or episode.end > until
