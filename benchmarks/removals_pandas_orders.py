"""Orders and proceedings in pandas: what the wide count adds to removals in care."""

from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame as Frame

from benchmarks.pretend_study import AUTHORITY
from benchmarks.removals_words import FAMILY_KINDS, KIND_OF_COUNCIL, KINDS, NO_ORDER

Numbers = np.ndarray[Any, Any]


def orders_of(
    proceedings: Frame, permanence: Frame, ids: Frame, reference: pd.Timestamp
) -> tuple[Frame, Frame]:
    """Return proceedings and family orders known by the reference date, in plain words."""
    known = proceedings[proceedings["proc_application_date"] <= reference].merge(
        ids, left_on="proc_child_person_id", right_on="source_id"
    )
    later = known["proc_order_date"] > reference
    text = known["proc_order"].fillna("").str.lower().mask(later, "")
    authority = (
        known["proc_authority"].fillna("").str.lower()
        .str.replace(KIND_OF_COUNCIL, "", regex=True)
        .str.replace("[^a-z0-9]", "", regex=True)
    )  # fmt: skip
    trimmed = Frame(
        {
            "proc_id": known["proc_id"],
            "child_id": known["child_id"],
            "applied_on": known["proc_application_date"],
            "ordered_on": known["proc_order_date"].mask(later),
            "placed_with": known["proc_placed_with"].str.lower().mask(later).fillna(""),
            "order_kind": pd.Series(_kind(text, KINDS), index=text.index).mask(
                (text == "") | text.str.contains(NO_ORDER), None
            ),
            "elsewhere": (authority != "") & (authority != AUTHORITY.lower()),
        }
    )
    return trimmed, _family_orders(permanence, ids, reference)


def _kind(text: pd.Series, kinds: dict[str, str]) -> Numbers:
    return np.select([text.str.contains(words) for words in kinds.values()], list(kinds), "other")


def _family_orders(permanence: Frame, ids: Frame, reference: pd.Timestamp) -> Frame:
    made = permanence[permanence["perm_permanence_order_date"] <= reference].merge(
        ids, left_on="perm_person_id", right_on="source_id"
    )
    text = made["perm_permanence_order_type"].fillna("").str.lower()
    kind = _kind(text, FAMILY_KINDS)
    usable = (kind != "other") & ~text.str.contains("placed for adoption|freed|freeing|placement")
    return Frame(
        {
            "child_id": made["child_id"],
            "ordered_on": made["perm_permanence_order_date"],
            "order_kind": kind,
        }
    )[usable]


def removed_by_order(proceedings: Frame, family_orders: Frame, in_care: Numbers) -> Frame:
    """Return the first order that placed a child with someone else, for children never in care."""
    kind, placed = proceedings["order_kind"], proceedings["placed_with"]
    private = kind.isin(["special guardianship", "child arrangements"]) & (placed != "mother")
    kin = (kind == "care") & placed.isin(["father", "kin"])
    placing = proceedings[(private | kin) & proceedings["ordered_on"].notna()]
    family = family_orders[family_orders["order_kind"] != "adoption"]
    days = pd.concat(
        [
            placing[["child_id", "ordered_on"]],
            family[["child_id", "ordered_on"]],
            _by_others(proceedings).rename(columns={"removed_on": "ordered_on"}),
        ]
    )
    days = days[~days["child_id"].isin(in_care)]
    first = days.groupby("child_id", sort=False)["ordered_on"].min().rename("removed_on")
    return first.reset_index().assign(route="court", compulsory=True, basis="order")


def removed_elsewhere(proceedings: Frame, here: Frame, in_care: Numbers) -> Frame:
    """Return removals by another authority of children also in care here, not near one here."""
    others = _by_others(proceedings)
    others = others[others["child_id"].isin(in_care)].drop_duplicates()
    both = others.merge(here[["child_id", "removed_on"]], on="child_id", suffixes=("", "_here"))
    near = (both["removed_on"] - both["removed_on_here"]).dt.days.abs() <= 365
    same = both.loc[near, ["child_id", "removed_on"]].drop_duplicates()
    found = others.merge(same, on=["child_id", "removed_on"], how="left", indicator=True)
    found = found[found["_merge"] == "left_only"].drop(columns="_merge")
    return found.assign(route="court", compulsory=True, basis="elsewhere")


def _by_others(proceedings: Frame) -> Frame:
    kind = proceedings["order_kind"]
    rows = proceedings[
        proceedings["elsewhere"]
        & kind.notna() & (kind != "supervision")
        & (proceedings["placed_with"] != "mother")
    ]  # fmt: skip
    return Frame(
        {
            "child_id": rows["child_id"],
            "removed_on": rows["ordered_on"].fillna(rows["applied_on"]),
        }
    )
