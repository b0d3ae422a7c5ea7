"""The removals step as a capable analyst would write it in pandas: sort, shift, cummax, groupby.

Same inputs, same definitions, same tables at the end. Codes are categories and only the needed
columns are kept, as somebody would who minds memory; the one plain loop is over windows, which
hang on the first removal and cannot be had from a groupby.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas import DataFrame as Frame

from benchmarks.pretend_study import REFERENCE_DATE
from benchmarks.removals_pandas_orders import orders_of, removed_by_order, removed_elsewhere
from casescope.governance.study_file.parameters import Parameters
from casescope.kernel.codes import (
    COUNTING_STATUSES,
    COURT_STATUSES,
    EMERGENCY_STATUSES,
    WITH_MOTHER_PLACEMENTS,
)

_REFERENCE = pd.Timestamp(REFERENCE_DATE)
_OPEN = pd.Timestamp("2250-01-01")
_RULES = Parameters()
_COUNT = ["linkage", "removals", "woman_id"]
_COUNTS = pd.CategoricalDtype(["broad", "strict", "wide"])


@dataclass(frozen=True)
class Inputs:
    """The tables that the step reads."""

    episodes: Frame
    proceedings: Frame
    permanence: Frame
    known_as: Frame
    child: Frame
    motherhood: Frame


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
    proceedings, family_orders = orders_of(given.proceedings, given.permanence, ids, _REFERENCE)
    care = _periods(_episodes(given))
    here = _routed(_separations(care, given.child), care)
    removal = _removals(here, care, proceedings, family_orders, given.child)
    counted = _counted(removal, given.motherhood)
    windowed = _windowed(counted)
    event_removal = _events_of_removals(windowed, _matched(proceedings, removal))
    event = _events(event_removal)
    return Made(care, removal, counted, event_removal, event, _history(counted, event))


def _ids(known_as: Frame, source: str) -> Frame:
    rows = known_as.loc[known_as["source"] == source, ["source_id", "subject"]]
    return rows.rename(columns={"subject": "child_id"})


def _episodes(given: Inputs) -> Frame:
    """Return one row an episode, from the return that reaches latest."""
    reported = given.episodes[given.episodes["DECOM"] <= _REFERENCE]
    dec = given.episodes["DEC"].where(given.episodes["DEC"] <= _REFERENCE)
    latest = pd.concat([reported["DECOM"], dec], axis=1).max(axis=1)
    reaches = latest.groupby(given.episodes["_file"], observed=True).max()
    found = reported.merge(_ids(given.known_as, "903"), left_on="CHILD", right_on="source_id").drop(
        columns=["CHILD", "source_id"]
    )
    found["reaches"] = found["_file"].map(reaches).astype("datetime64[ns]")
    ended = found["DEC"] <= _REFERENCE
    found["DEC"] = found["DEC"].where(ended)
    found["REC"] = found["REC"].where(ended)
    found["until"] = found["DEC"].fillna(_OPEN)
    found = found.sort_values(
        ["child_id", "DECOM", "reaches", "until", "LS", "PLACE"],
        ascending=[True, True, False, False, True, True],
    )
    return found.drop_duplicates(["child_id", "DECOM"]).drop(columns=["_file", "reaches"])


def _periods(episodes: Frame) -> Frame:
    """Add the number of each child's period of care; episodes come by child and start."""
    so_far = episodes.groupby("child_id", sort=False)["until"].cummax()
    before = so_far.groupby(episodes["child_id"], sort=False).shift()
    begins = before.isna() | (episodes["DECOM"] > before + pd.Timedelta(days=_RULES.gap_days))
    period = begins.groupby(episodes["child_id"], sort=False).cumsum()
    return episodes.assign(period=period.astype("int32"))


def _separations(care: Frame, child: Frame) -> Frame:
    """Return the first separating episode of each period, of children who count."""
    separating = care["LS"].isin(COUNTING_STATUSES) & ~care["PLACE"].isin(WITH_MOTHER_PLACEMENTS)
    first = care.loc[separating, ["child_id", "period", "DECOM", "LS"]].drop_duplicates(
        ["child_id", "period"]
    )
    first = first.rename(columns={"DECOM": "removed_on", "LS": "ls"})
    return _countable(first, child).drop(columns=["age", "age_days"])


def _countable(found: Frame, child: Frame) -> Frame:
    """Add each child's age at removal and leave out asylum seekers and those too old."""
    found = found.merge(child[["child_id", "dob", "asylum_seeker"]], on="child_id")
    day, born = found["removed_on"].dt, found["dob"].dt
    early = (day.month < born.month) | ((day.month == born.month) & (day.day < born.day))
    found["age"] = (day.year - born.year - early).where(found["dob"].notna())
    found["age_days"] = (found["removed_on"] - found["dob"]).dt.days
    counts = ~found["asylum_seeker"] & ~(found["age"] >= _RULES.max_age_at_removal)
    return found.loc[counts].drop(columns=["dob", "asylum_seeker"])


def _routed(separation: Frame, care: Frame) -> Frame:
    """Add the route of each removal, and whether it was compulsory."""
    ordered = care.loc[
        care["LS"].isin(COURT_STATUSES + EMERGENCY_STATUSES),
        ["child_id", "period", "DECOM", "until", "LS"],
    ].merge(separation[["child_id", "period", "removed_on"]], on=["child_id", "period"])
    key = ["child_id", "period"]
    after = ordered["DECOM"] >= ordered["removed_on"]
    forced = ordered.loc[after | (ordered["until"] > ordered["removed_on"]), key].drop_duplicates()
    wait = ordered["DECOM"] - ordered["removed_on"]
    soon = ordered[(wait.dt.days > 0) & (wait.dt.days <= _RULES.route_window_days)]
    soon = soon.drop_duplicates(key)[[*key, "LS"]].rename(columns={"LS": "order_soon"})
    found = separation.merge(soon, on=key, how="left")
    found = found.merge(forced.assign(compulsory=True), on=key, how="left")
    found["compulsory"] = found["compulsory"].notna()
    status = found["ls"].astype(object)
    status = status.where((status != "V2") | found["order_soon"].isna(), found["order_soon"])
    found["route"] = np.select(
        [status.isin(COURT_STATUSES), status.isin(EMERGENCY_STATUSES)],
        ["court", "emergency"],
        "voluntary",
    )
    return found.assign(basis="care")[["child_id", "removed_on", "route", "compulsory", "basis"]]


def _removals(
    here: Frame, care: Frame, proceedings: Frame, family_orders: Frame, child: Frame
) -> Frame:
    in_care = care["child_id"].unique()
    by_order = removed_by_order(proceedings, family_orders, in_care)
    elsewhere = removed_elsewhere(proceedings, here, in_care)
    return _countable(pd.concat([here, by_order, elsewhere], ignore_index=True), child)


def _counted(removal: Frame, motherhood: Frame) -> Frame:
    """Return every woman's removals under each linkage in each count."""
    hers = removal.merge(motherhood[["linkage", "woman_id", "child_id"]], on="child_id")
    broad = hers[hers["basis"] == "care"]
    counts = {"broad": broad, "strict": broad[broad["compulsory"]], "wide": hers}
    each = [
        rows.assign(removals=pd.Series(name, rows.index, _COUNTS)) for name, rows in counts.items()
    ]
    return pd.concat(each, ignore_index=True)


def _windowed(counted: Frame) -> Frame:
    """Add the day on which the window of each removal opened."""
    counted = counted.sort_values([*_COUNT, "removed_on"], ignore_index=True)
    woman = counted.groupby(_COUNT, sort=False, observed=True).ngroup().to_numpy().tolist()
    day = counted["removed_on"].to_numpy("datetime64[D]").astype(int).tolist()
    opened, last_woman, first = [], -1, 0
    for one, on in zip(woman, day, strict=True):
        if one != last_woman or on > first + _RULES.event_window_days:
            last_woman, first = one, on
        opened.append(first)
    counted["opened_on"] = np.array(opened, "datetime64[D]").astype("datetime64[ns]")
    return counted


def _matched(proceedings: Frame, removal: Frame) -> Frame:
    """Return the removal nearest each row of proceedings, the earlier on a tie."""
    near = proceedings[["proc_id", "child_id", "applied_on"]].merge(
        removal[["child_id", "removed_on"]], on="child_id"
    )
    near["apart"] = (near["removed_on"] - near["applied_on"]).dt.days.abs()
    near = near[near["apart"] <= 365].sort_values(["apart", "removed_on"])
    near = near.drop_duplicates(["proc_id", "child_id", "applied_on"])
    return near[["proc_id", "child_id", "removed_on"]].drop_duplicates()


def _merged(windowed: Frame, matched: Frame) -> Frame:
    """Return the event's day of windows that share proceedings, joined until none do."""
    window = [*_COUNT, "opened_on"]
    tied = windowed[["child_id", "removed_on", *window]].merge(
        matched, on=["child_id", "removed_on"]
    )
    tied = tied[[*window, "proc_id"]].drop_duplicates()
    shared = [*_COUNT, "proc_id"]
    tied = tied[tied.duplicated(shared, keep=False)].assign(event_on=lambda rows: rows["opened_on"])
    while len(tied):
        before = tied["event_on"]
        tied["event_on"] = tied.groupby(shared, sort=False, observed=True)["event_on"].transform(
            "min"
        )
        tied["event_on"] = tied.groupby(window, sort=False, observed=True)["event_on"].transform(
            "min"
        )
        if tied["event_on"].equals(before):
            break
    return tied[[*window, "event_on"]].drop_duplicates()


def _events_of_removals(windowed: Frame, matched: Frame) -> Frame:
    """Add each event's number in order of time, and mark the children new in it."""
    found = windowed.merge(_merged(windowed, matched), on=[*_COUNT, "opened_on"], how="left")
    found["event_on"] = found["event_on"].fillna(found["opened_on"])
    found["event"] = (
        found.groupby(_COUNT, sort=False, observed=True)["event_on"]
        .rank(method="dense")
        .astype("int32")
    )
    first = found.groupby([*_COUNT, "child_id"], sort=False, observed=True)["event"].transform(
        "min"
    )
    return found.assign(new_child=found["event"] == first).drop(columns="opened_on")


def _events(event_removal: Frame) -> Frame:
    """Return one row an event with the strongest of its removals' routes."""
    key = [*_COUNT, "event"]
    rank = event_removal["route"].map({"court": 0, "emergency": 1, "voluntary": 2})
    new = event_removal["new_child"]
    rows = event_removal.assign(rank=rank, newborn=new & (event_removal["age_days"] < 28))
    each = rows.drop_duplicates([*key, "child_id"])
    event = rows.groupby(key, sort=False, observed=True).agg(
        event_on=("event_on", "min"), rank=("rank", "min"), newborn=("newborn", "any")
    )
    children = each.groupby(key, sort=False, observed=True)["new_child"].agg(["size", "sum"])
    event["children"], event["new_children"] = children["size"], children["sum"]
    event["route"] = event["rank"].map({0: "court", 1: "emergency", 2: "voluntary"})
    return event.drop(columns="rank").reset_index()


def _history(counted: Frame, event: Frame) -> Frame:
    """Return what each woman's removals come to in each count."""
    hers = counted.groupby(_COUNT, sort=False, observed=True).agg(
        removed_children=("child_id", "nunique"), latest_on=("removed_on", "max")
    )
    repeat = (event["event"] > 1) & (event["new_children"] > 0)
    events = event.assign(repeat=repeat).groupby(_COUNT, sort=False, observed=True).agg(
        events=("event", "size"), repeat_events=("repeat", "sum"), most=("children", "max")
    )  # fmt: skip
    events["multiple_removal"] = (events["most"] >= 2) & (events["repeat_events"] == 0)
    return hers.join(events.drop(columns="most")).reset_index()
