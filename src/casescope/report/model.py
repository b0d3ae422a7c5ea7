"""The value model as the report runs it: on released figures and what study.toml states.

Only rounded counts go in, so nothing that comes out can give an exact one away.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from casescope.dataset.exposure_table import SINCE_EVENT
from casescope.disclosure.released import Released, ReleasedCell, ReleasedRow
from casescope.findings.care import CHILDREN, KINDS, OUTCOMES, PATHS
from casescope.findings.value.chance import View
from casescope.findings.value.observed import AGE, Seen, observed
from casescope.findings.value.results import LEAD, Results, results, with_rates
from casescope.findings.value.spread import Gamma, Spread
from casescope.findings.value.stated import Rate, Stated, read
from casescope.governance.study_file.prices import Pathway, year_words
from casescope.kernel.counting import counted
from casescope.report.prose import first_upper
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.study import StudyFacts

RATE = "For each woman-year"
_VARIANTS = ("Broad", "Strict")
_BANDS_WITHIN = {1: 1, 2: 2, 3: 3, 5: 4}
"""By years since an event: how many bands of that time lie within them."""


@dataclass(frozen=True)
class Model:
    """What the study states, the local rate as released, and the results where there are any."""

    stated: Stated
    rate: ReleasedCell | None
    results: Results | None = None
    variants: dict[str, View] = field(default_factory=dict)
    """The leading view under other counts, linkages and times, by their names."""
    recent: Rate | None = None
    """The local rate in the years after a removal that the look-back holds: where T1 is."""

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
    recent = recent_rate(released, study)
    if stated.inputs is None:
        return Model(stated, lead, recent=recent)
    variants = _variants(stated, rates, recent, study)
    return Model(stated, lead, results(stated.inputs), variants, recent)


def recent_rate(released: Released, study: StudyFacts) -> Rate | None:
    """Return the local rate in as many years after an event as the look-back has.

    None where bands of time don't end there, or one of them is hidden.
    """
    bands = _BANDS_WITHIN.get(study.parameters.lookback_years, 0)
    table = table_of(released, "rate_by_time")
    cells = [cell_of(table, RATE, first_upper(band)) for band in SINCE_EVENT[:bands]]
    found = [rate for cell in cells if (rate := _rate(cell))]
    if not found or len(found) < len(cells):
        return None
    return Rate(sum(one.children for one in found), sum(one.years for one in found))


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
    stated: Stated,
    rates: dict[tuple[str, ...], ReleasedCell],
    recent: Rate | None,
    study: StudyFacts,
) -> dict[str, View]:
    """Return the leading view under both linkages and counts, and soon after a removal."""
    if stated.inputs is None or is_published(study):
        return {}
    known: dict[str, Spread] = {
        f"{count} count, {linkage.lower()} linkage": Gamma(rate.children, rate.years)
        for (count, linkage), cell in rates.items()
        if count in _VARIANTS and (rate := _rate(cell))
    }
    if recent and recent.years > 0:
        years = counted(study.parameters.lookback_years, "year")
        known[f"Broad count, {study.linkage} linkage, within {years} of a removal"] = Gamma(
            recent.children, recent.years
        )
    return with_rates(stated.inputs, known)


def value_json(model: Model) -> dict[str, Any]:
    """Return the model as plain values: what is missing, or every result with its interval."""
    said: dict[str, Any] = {
        "missing": list(model.stated.missing),
        "price_years_without_deflator": [year_words(y) for y in model.stated.undeflated],
        "unit_costs_not_given": list(model.stated.uncosted),
        "price_year": model.year,
        "rate_soon_after_a_removal": None if model.recent is None else asdict(model.recent),
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
                **{f"{name}_range": ends for name, ends in asdict(found.flip_ranges[one]).items()},
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
