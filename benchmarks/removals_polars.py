"""The removals step as a capable analyst would write it in polars: lazy joins, over(), group_by.

Same inputs, same definitions, same tables at the end. Each part is one lazy query, so that polars
plans it whole and uses every core. Windows, which hang on the first removal and do not chain, are
peeled off: the first window of every woman at once, then the first of what is left.
"""

from dataclasses import dataclass

import polars as pl
from polars import DataFrame as Frame
from polars import LazyFrame, col

from benchmarks.pretend_study import REFERENCE_DATE
from benchmarks.removals_polars_orders import orders_of, removed_by_order, removed_elsewhere
from casescope.governance.study_file.parameters import Parameters
from casescope.kernel.codes import (
    COUNTING_STATUSES,
    COURT_STATUSES,
    EMERGENCY_STATUSES,
    WITH_MOTHER_PLACEMENTS,
)

_OPEN = pl.date(2250, 1, 1)
_RULES = Parameters()
_COUNTS = pl.Enum(["broad", "strict", "wide"])
_ROUTES = pl.Enum(["court", "emergency", "voluntary"])  # the strongest first
_HER = ["linkage", "removals", "woman_id"]


@dataclass(frozen=True)
class Inputs:
    """The tables that the step reads."""

    episodes: LazyFrame
    proceedings: LazyFrame
    permanence: LazyFrame
    known_as: LazyFrame
    child: LazyFrame
    motherhood: LazyFrame


@dataclass(frozen=True)
class Made:
    """The tables that the step makes."""

    care: Frame
    removal: Frame
    counted: Frame
    event_removal: Frame
    event: Frame
    history: Frame


def make(given: Inputs) -> Made:
    """Return everything from periods of care to each woman's history."""
    ids = _ids(given.known_as, "person")
    proceedings, family_orders = pl.collect_all(
        orders_of(given.proceedings, given.permanence, ids, REFERENCE_DATE)
    )
    care = _periods(_episodes(given)).collect()
    here = _routed(_separations(care.lazy(), given.child), care.lazy()).collect()
    removal = _removals(here, care, proceedings, family_orders, given.child)
    counted = _counted(removal.lazy(), given.motherhood).collect()
    event_removal = _events_of_removals(_windowed(counted), _matched(proceedings, removal))
    event = _events(event_removal.lazy()).collect()
    history = _history(counted.lazy(), event.lazy()).collect()
    return Made(care, removal, counted, event_removal, event, history)


def _ids(known_as: LazyFrame, source: str) -> LazyFrame:
    return known_as.filter(col("source") == source).select("source_id", child_id="subject")


def _episodes(given: Inputs) -> LazyFrame:
    """Return one row an episode, from the return that reaches latest."""
    known = [col(name).filter(col(name) <= REFERENCE_DATE).max() for name in ("DECOM", "DEC")]
    reach = given.episodes.group_by("_file").agg(reaches=pl.max_horizontal(*known))
    ended = col("DEC") <= REFERENCE_DATE
    best = ["child_id", "DECOM", "reaches", "until", "LS", "PLACE"]
    return (
        given.episodes.filter(col("DECOM") <= REFERENCE_DATE)
        .join(_ids(given.known_as, "903"), left_on="CHILD", right_on="source_id")
        .join(reach, on="_file")
        .with_columns(pl.when(ended).then(col("DEC", "REC")))
        .with_columns(until=col("DEC").fill_null(_OPEN))
        .sort(best, descending=[False, False, True, True, False, False], nulls_last=True)
        .unique(["child_id", "DECOM"], keep="first", maintain_order=True)
        .drop("CHILD", "_file", "reaches")
    )


def _periods(episodes: LazyFrame) -> LazyFrame:
    """Add the number of each child's period of care; episodes come by child and start."""
    before = col("until").cum_max().shift().over("child_id")
    begins = before.is_null() | (col("DECOM") > before + pl.duration(days=_RULES.gap_days))
    return episodes.with_columns(begins=begins).with_columns(
        period=col("begins").cum_sum().over("child_id")
    ).drop("begins")  # fmt: skip


def _separations(care: LazyFrame, child: LazyFrame) -> LazyFrame:
    """Return the first separating episode of each period, of children who count."""
    with_mother = col("PLACE").is_in(WITH_MOTHER_PLACEMENTS).fill_null(value=False)
    first = (
        care.filter(col("LS").is_in(COUNTING_STATUSES) & ~with_mother)
        .unique(["child_id", "period"], keep="first", maintain_order=True)
        .select("child_id", "period", removed_on="DECOM", ls="LS")
    )
    return _countable(first, child).drop("age", "age_days")


def _countable(found: LazyFrame, child: LazyFrame) -> LazyFrame:
    """Add each child's age at removal and leave out asylum seekers and those too old."""
    day, born = (
        col(name).dt.year() * 10000 + col(name).dt.month().cast(pl.Int32) * 100
        + col(name).dt.day().cast(pl.Int32)
        for name in ("removed_on", "dob")
    )  # fmt: skip
    return (
        found.join(child.filter(~col("asylum_seeker")).select("child_id", "dob"), on="child_id")
        .with_columns(
            age=(day - born) // 10000,
            age_days=(col("removed_on") - col("dob")).dt.total_days(),
        )
        .filter(col("age").is_null() | (col("age") < _RULES.max_age_at_removal))
        .drop("dob")
    )


def _routed(separation: LazyFrame, care: LazyFrame) -> LazyFrame:
    """Add the route of each removal, and whether it was compulsory."""
    key = ["child_id", "period"]
    starts, removed = col("DECOM"), col("removed_on")
    soon = (starts > removed) & (starts <= removed + pl.duration(days=_RULES.route_window_days))
    ordered = (
        care.filter(col("LS").is_in(COURT_STATUSES + EMERGENCY_STATUSES))
        .join(separation.select(*key, "removed_on"), on=key)
        .group_by(key)
        .agg(
            order_soon=col("LS").filter(soon).sort_by(starts.filter(soon)).first(),
            compulsory=((starts >= removed) | (col("until") > removed)).any(),
        )
    )
    status = pl.when(col("ls") == "V2").then(col("order_soon").fill_null("V2")).otherwise("ls")
    route = (
        pl.when(status.is_in(COURT_STATUSES)).then(pl.lit("court"))
        .when(status.is_in(EMERGENCY_STATUSES)).then(pl.lit("emergency"))
        .otherwise(pl.lit("voluntary"))
    )  # fmt: skip
    return separation.join(ordered, on=key, how="left").select(
        "child_id",
        "removed_on",
        route=route.cast(_ROUTES),
        compulsory=col("compulsory").fill_null(value=False),
        basis=pl.lit("care"),
    )


def _removals(
    here: Frame, care: Frame, proceedings: Frame, family_orders: Frame, child: LazyFrame
) -> Frame:
    in_care = care.lazy().select("child_id").unique()
    by_order = removed_by_order(proceedings.lazy(), family_orders.lazy(), in_care)
    elsewhere = removed_elsewhere(proceedings.lazy(), here.lazy(), in_care)
    every = pl.concat(
        [here.lazy(), *(rows.cast({"route": _ROUTES}) for rows in (by_order, elsewhere))]
    )
    return _countable(every, child).collect()


def _counted(removal: LazyFrame, motherhood: LazyFrame) -> LazyFrame:
    """Return every woman's removals under each linkage in each count."""
    hers = removal.join(motherhood.select("linkage", "woman_id", "child_id"), on="child_id")
    broad = hers.filter(col("basis") == "care")
    counts = {"broad": broad, "strict": broad.filter(col("compulsory")), "wide": hers}
    return pl.concat(
        rows.with_columns(removals=pl.lit(name, dtype=_COUNTS)) for name, rows in counts.items()
    )


def _windowed(counted: Frame) -> Frame:
    """Add the day on which the window of each removal opened."""
    within = col("removed_on") <= col("opened_on") + pl.duration(days=_RULES.event_window_days)
    peeled, left = [], counted
    while left.height:
        opened = left.with_columns(opened_on=col("removed_on").min().over(_HER))
        peeled.append(opened.filter(within))
        left = opened.filter(~within).drop("opened_on")
    return pl.concat(peeled)


def _matched(proceedings: Frame, removal: Frame) -> Frame:
    """Return the removal nearest each row of proceedings, the earlier on a tie."""
    apart = (col("removed_on") - col("applied_on")).dt.total_days().abs()
    return (
        proceedings.lazy()
        .select("proc_id", "child_id", "applied_on")
        .join(removal.lazy().select("child_id", "removed_on"), on="child_id")
        .with_columns(apart=apart)
        .filter(col("apart") <= 365)
        .sort("apart", "removed_on")
        .unique(["proc_id", "child_id", "applied_on"], keep="first", maintain_order=True)
        .select("proc_id", "child_id", "removed_on")
        .unique()
        .collect()
    )


def _merged(windowed: Frame, matched: Frame) -> Frame:
    """Return the event's day of windows that share proceedings, joined until none do."""
    window, shared = [*_HER, "opened_on"], [*_HER, "proc_id"]
    tied = (
        windowed.lazy()
        .join(matched.lazy(), on=["child_id", "removed_on"])
        .select(*window, "proc_id")
        .unique()
        .filter(pl.len().over(shared) > 1)
        .with_columns(event_on="opened_on")
        .collect()
    )
    while True:
        joined = tied.with_columns(col("event_on").min().over(shared)).with_columns(
            col("event_on").min().over(window)
        )
        if joined["event_on"].equals(tied["event_on"]):
            return tied.select(*window, "event_on").unique()
        tied = joined


def _events_of_removals(windowed: Frame, matched: Frame) -> Frame:
    """Add each event's number in order of time, and mark the children new in it."""
    return (
        windowed.lazy()
        .join(_merged(windowed, matched).lazy(), on=[*_HER, "opened_on"], how="left")
        .with_columns(event_on=col("event_on").fill_null(col("opened_on")))
        .with_columns(event=col("event_on").rank("dense").over(_HER))
        .with_columns(new_child=col("event") == col("event").min().over([*_HER, "child_id"]))
        .drop("opened_on")
        .collect()
    )


def _events(event_removal: LazyFrame) -> LazyFrame:
    """Return one row an event with the strongest of its removals' routes."""
    newborn = (col("new_child") & (col("age_days") < 28)).fill_null(value=False)
    return event_removal.group_by([*_HER, "event"]).agg(
        event_on=col("event_on").first(),
        route=col("route").min(),
        newborn=newborn.any(),
        children=col("child_id").n_unique(),
        new_children=col("child_id").filter("new_child").n_unique(),
    )


def _history(counted: LazyFrame, event: LazyFrame) -> LazyFrame:
    """Return what each woman's removals come to under each linkage in each count."""
    hers = counted.group_by(_HER).agg(
        removed_children=col("child_id").n_unique(), latest_on=col("removed_on").max()
    )
    events = event.group_by(_HER).agg(
        events=pl.len(),
        repeat_events=((col("event") > 1) & (col("new_children") > 0)).sum(),
        most=col("children").max(),
    )
    multiple = (col("most") >= 2) & (col("repeat_events") == 0)
    return hers.join(events, on=_HER).with_columns(multiple_removal=multiple).drop("most")
