"""Orders and proceedings in polars: what the wide count adds to removals in care."""

from datetime import date

import polars as pl
from polars import Expr, LazyFrame, col

from benchmarks.pretend_study import AUTHORITY
from benchmarks.removals_words import FAMILY_KINDS, KIND_OF_COUNCIL, KINDS, NO_ORDER


def orders_of(
    proceedings: LazyFrame, permanence: LazyFrame, ids: LazyFrame, reference: date
) -> tuple[LazyFrame, LazyFrame]:
    """Return proceedings and family orders known by the reference date, in plain words."""
    is_known = (col("proc_order_date") <= reference).fill_null(value=True)
    authority = (
        col("proc_authority").fill_null("").str.to_lowercase()
        .str.replace_all(KIND_OF_COUNCIL, "")
        .str.replace_all("[^a-z0-9]", "")
    )  # fmt: skip
    trimmed = (
        proceedings.filter(col("proc_application_date") <= reference)
        .join(ids, left_on="proc_child_person_id", right_on="source_id")
        .select(
            "proc_id",
            "child_id",
            applied_on="proc_application_date",
            ordered_on=pl.when(is_known).then("proc_order_date"),
            placed_with=pl.when(is_known).then(col("proc_placed_with").str.to_lowercase())
            .fill_null(""),
            words=pl.when(is_known).then(col("proc_order").str.to_lowercase()).fill_null(""),
            elsewhere=(authority != "") & (authority != AUTHORITY.lower()),
        )
        .with_columns(
            order_kind=pl.when((col("words") != "") & ~col("words").str.contains(NO_ORDER))
            .then(_kind(KINDS))
        )
        .drop("words")
    )  # fmt: skip
    return trimmed, _family_orders(permanence, ids, reference)


def _kind(kinds: dict[str, str]) -> Expr:
    text, found = col("words"), pl.lit("other")
    for kind, words in reversed(kinds.items()):
        found = pl.when(text.str.contains(words)).then(pl.lit(kind)).otherwise(found)
    return found


def _family_orders(permanence: LazyFrame, ids: LazyFrame, reference: date) -> LazyFrame:
    return (
        permanence.filter(col("perm_permanence_order_date") <= reference)
        .join(ids, left_on="perm_person_id", right_on="source_id")
        .with_columns(words=col("perm_permanence_order_type").fill_null("").str.to_lowercase())
        .filter(~col("words").str.contains("placed for adoption|freed|freeing|placement"))
        .select("child_id", ordered_on="perm_permanence_order_date", order_kind=_kind(FAMILY_KINDS))
        .filter(col("order_kind") != "other")
    )


def removed_by_order(
    proceedings: LazyFrame, family_orders: LazyFrame, in_care: LazyFrame
) -> LazyFrame:
    """Return the first order that placed a child with someone else, for children never in care."""
    kind, placed = col("order_kind"), col("placed_with")
    private = kind.is_in(["special guardianship", "child arrangements"]) & (placed != "mother")
    kin = (kind == "care") & placed.is_in(["father", "kin"])
    days = pl.concat(
        [
            proceedings.filter((private | kin) & col("ordered_on").is_not_null())
            .select("child_id", removed_on="ordered_on"),
            family_orders.filter(kind != "adoption").select("child_id", removed_on="ordered_on"),
            _by_others(proceedings),
        ]
    )  # fmt: skip
    first = days.join(in_care, on="child_id", how="anti").group_by("child_id").min()
    return first.with_columns(_as("order"))


def removed_elsewhere(proceedings: LazyFrame, here: LazyFrame, in_care: LazyFrame) -> LazyFrame:
    """Return removals by another authority of children also in care here, not near one here."""
    others = _by_others(proceedings).join(in_care, on="child_id", how="semi").unique()
    apart = (col("removed_on") - col("removed_on_here")).dt.total_days().abs()
    same = others.join(here.select("child_id", "removed_on"), on="child_id", suffix="_here").filter(
        apart <= 365
    )
    return others.join(same, on=["child_id", "removed_on"], how="anti").with_columns(
        _as("elsewhere")
    )


def _as(basis: str) -> list[Expr]:
    return [
        pl.lit("court").alias("route"), pl.lit(value=True).alias("compulsory"),
        pl.lit(basis).alias("basis"),
    ]  # fmt: skip


def _by_others(proceedings: LazyFrame) -> LazyFrame:
    return proceedings.filter(
        col("elsewhere")
        & col("order_kind").is_not_null() & (col("order_kind") != "supervision")
        & (col("placed_with") != "mother")
    ).select("child_id", removed_on=col("ordered_on").fill_null(col("applied_on")))  # fmt: skip
