"""How right the computer's links are, in all and by group, from the counts of what was reviewed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casescope.findings.linkage_accuracy import Accuracy, Stratum
from casescope.findings.linkage_accuracy import accuracy as estimated
from casescope.identified.review.reviewed import Counted, counts

if TYPE_CHECKING:
    import duckdb


def accuracy_of(
    connection: "duckdb.DuckDBPyConnection", *, link_threshold: float
) -> dict[str, Any]:
    """Return precision and recall with their intervals; needs the layer `reviewed`."""
    found = counts(connection)
    whole = found.get(("all", "all"), [])
    return {
        "link_threshold": link_threshold,
        "all": _estimates(whole),
        "bands": [
            {"probability": each.probability, "linked": each.linked, "pairs": each.pairs,
             "judged": each.judged, "one_woman": each.one_woman, "could_not_tell": each.unsure}
            for each in whole
        ],
        "groups": [
            {"breakdown": breakdown, "group": group, **_estimates(bands)}
            for (breakdown, group), bands in found.items()
            if breakdown != "all"
        ],
    }  # fmt: skip


def _estimates(bands: Sequence[Counted]) -> dict[str, Any]:
    found = estimated(
        [Stratum(each.linked, each.pairs, each.judged, each.one_woman) for each in bands]
    )
    return {
        "precision": _estimate(found, "precision"),
        "recall": _estimate(found, "recall"),
        "pairs_linked": found.pairs_linked,
        "pairs_not_linked": found.pairs_not_linked,
        "judged_linked": found.judged_linked,
        "judged_not_linked": found.judged_not_linked,
        "could_not_tell": sum(each.unsure for each in bands),
    }


def _estimate(found: Accuracy, which: str) -> dict[str, float] | str:
    estimate = found.precision if which == "precision" else found.recall
    if estimate is None:
        return "too few reviewed"
    lower, upper = estimate.interval
    return {"share": estimate.share, "lower": lower, "upper": upper}
