"""What a share, or a sum of shown counts, says of counts beside those that its table shows."""

from collections.abc import Iterable, Iterator, Mapping

from casescope.disclosure.audit import Cell, Figure, Place, count
from casescope.disclosure.cells import NEARLY_ALL, behind_least_share
from casescope.disclosure.pack import RulePack
from casescope.disclosure.relations.meaning import Shared
from casescope.disclosure.released import ReleasedCell


def of_share(place: Place, whom: Shared, cell: ReleasedCell, pack: RulePack) -> Iterator[Figure]:
    """Yield the counts that a share was made of, which are released with it.

    One of nearly all says that few are left over, and what its least percentage was made of.
    """
    if cell.n is not None and cell.of is not None:
        yield count(place, whom.part, *pack.behind(cell.n))
        yield count(place, whom.whole, *pack.behind(cell.of))
    elif cell.hidden and cell.shown.endswith(NEARLY_ALL):
        yield count(place, whom.rest, 0, pack.hide_at_most, "hidden")
        percent = int(cell.shown.removesuffix(NEARLY_ALL))
        made_of = whom.whole if pack.is_exact else whom.part
        yield count(place, made_of, *behind_least_share(pack, percent))


def added_by(counts: Iterable[Figure], pack: RulePack) -> dict[Cell, int]:
    """Return what each count adds to a sum, where a reader can tell: nothing where it is small."""
    found: dict[Cell, int] = {}
    for one in counts:
        if one.cell is None or one.least is None:
            continue
        if one.standing == "shown":
            found[one.cell] = pack.rounded(one.least)
        elif one.standing == "hidden" and one.most is not None:
            found.setdefault(one.cell, 0)
    return found


def of_sum(
    place: Place,
    parts: Iterable[Cell],
    cell: ReleasedCell,
    known: Mapping[Cell, int],
    pack: RulePack,
) -> Iterator[Figure]:
    """Yield what a sum says of the parts of which nothing else says what they add to it."""
    if cell.hidden or cell.value is None:
        return
    parts = tuple(parts)
    left = int(cell.value) - sum(known.get(part, 0) for part in parts)
    unknown = tuple((1, part) for part in parts if part not in known)
    if unknown:
        yield Figure(place, unknown, *_behind_sum(left, len(unknown), pack))


def _behind_sum(left: int, parts: int, pack: RulePack) -> tuple[int, int]:
    """Return how many so many parts can be that add so much where each is shown or too small."""
    few = pack.hide_at_most
    if not left:
        return 0, few * parts
    least = max(few + 1, left - pack.round_to // 2 * parts)
    return least, left + (pack.round_to - 1) // 2 + few * (parts - 1)
