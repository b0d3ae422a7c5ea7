"""The value model as the report runs it: on released figures and what study.toml states.

Only rounded counts go in, so nothing that comes out can give an exact one away.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from casescope.disclosure.released import Released, ReleasedCell, ReleasedRow
from casescope.findings.care import CHILDREN, KINDS, OUTCOMES, PATHS
from casescope.findings.value.chance import View
from casescope.findings.value.observed import AGE, Seen, observed
from casescope.findings.value.results import LEAD, Results, results, with_rates
from casescope.findings.value.spread import Gamma, Spread
from casescope.findings.value.stated import Rate, Stated, read
from casescope.governance.study_file.prices import Pathway, year_words
from casescope.report.reading import table_of, value_of
from casescope.report.study import StudyFacts

RATE = "For each woman-year"
_VARIANTS = ("Broad", "Strict")


@dataclass(frozen=True)
class Model:
    """What the study states, the local rate as released, and the results where there are any."""

    stated: Stated
    rate: ReleasedCell | None
    results: Results | None = None
    variants: dict[str, View] = field(default_factory=dict)
    """The leading view under other counts and linkages, by their names."""

    @property
    def year(self) -> str:
        """Return the price year of all results."""
        return year_words(self.stated.prices.base)


def is_published(study: StudyFacts) -> bool:
    """Say whether the study uses a published removal rate."""
    return study.value.rate_source == "published"


def modelled(released: Released, study: StudyFacts) -> Model:
    """Return the model on these figures, run where nothing is missing."""
    rates = rates_of(released)
    lead = rates.get(("Broad", study.linkage.capitalize()))
    stated = read(study.value, study.costs, _rate(lead), paths_of(released, study))
    if stated.inputs is None:
        return Model(stated, lead)
    return Model(stated, lead, results(stated.inputs), _variants(stated, rates, study))


def rates_of(released: Released) -> dict[tuple[str, ...], ReleasedCell]:
    """Return the released rates by count and linkage."""
    table = table_of(released, "rate")
    if table is None or RATE not in table.columns:
        return {}
    at = table.columns.index(RATE)
    return {row.labels: row.cells[at] for row in table.rows}


def paths_of(released: Released, study: StudyFacts) -> tuple[Pathway, ...]:
    """Return the course of care of babies as these records show it, as far as it was released."""
    table = table_of(released, PATHS)
    if table is None:
        return ()
    babies = [row for row in table.rows if row.labels[0] == AGE]
    return observed((_seen(row, table.columns) for row in babies),
                    own_carers=study.costs.own_foster_week is not None)  # fmt: skip


def _seen(row: ReleasedRow, columns: tuple[str, ...]) -> Seen:
    """Return one row of the table of paths; what is hidden counts as nothing."""
    endings = {words: ending for ending, words in OUTCOMES.items()}
    numbers = {name: value_of(cell) or 0.0 for name, cell in zip(columns, row.cells, strict=True)}
    weeks = {kind: numbers[words] for kind, words in KINDS.items()}
    return Seen(endings[row.labels[1]], numbers[CHILDREN], weeks)


def _rate(cell: ReleasedCell | None) -> Rate | None:
    if cell is None or cell.n is None or cell.of is None:
        return None
    return Rate(cell.n, cell.of)


def _variants(
    stated: Stated, rates: dict[tuple[str, ...], ReleasedCell], study: StudyFacts
) -> dict[str, View]:
    """Return the leading view under strict and lenient linkage, strict and broad removals."""
    if stated.inputs is None or is_published(study):
        return {}
    known: dict[str, Spread] = {
        f"{count} count, {linkage.lower()} linkage": Gamma(rate.children, rate.years)
        for (count, linkage), cell in rates.items()
        if count in _VARIANTS and (rate := _rate(cell))
    }
    return with_rates(stated.inputs, known)


def value_json(model: Model) -> dict[str, Any]:
    """Return the model as plain values: what is missing, or every result with its interval."""
    said: dict[str, Any] = {
        "missing": list(model.stated.missing),
        "price_years_without_deflator": [year_words(y) for y in model.stated.undeflated],
        "unit_costs_not_given": list(model.stated.uncosted),
        "price_year": model.year,
    }
    found = model.results
    if found is None:
        return said
    return said | {
        "lead": {"perspective": LEAD[0], "horizon": LEAD[1]},
        "views": [asdict(one) for one in found.views],
        "break_even": [
            {
                "perspective": one[0],
                "horizon": one[1],
                **asdict(flips),
                "rate_range": found.flip_ranges[one],
            }
            for one, flips in found.flips.items()
        ],
        "tornado": [asdict(one) for one in found.moved],
        "rate_by_effect": [
            {"rate": rate, "effect": effect, "net": asdict(net)}
            for (rate, effect), net in found.two_way.items()
        ],
        "at_rates": [{"rate": rate, **asdict(one)} for rate, one in found.at_rates.items()],
        "variants": {name: asdict(one) for name, one in model.variants.items()},
    }
