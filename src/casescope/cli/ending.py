"""Says what closing a study does, and what its certificate says, in words."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casescope.actions.ending.certificate import Issued


def plan_in_words(plan: dict[str, Any]) -> str:
    """Return what will be destroyed, kept and left, for whoever decides."""
    return "\n".join([
        "This will be destroyed, for good and in every copy:",
        *(f"  {line}" for line in _destroyed(plan)),
        "This will not:",
        *(f"  {line}" for line in _left(plan)),
    ])  # fmt: skip


def _destroyed(plan: dict[str, Any]) -> list[str]:
    lines = [f"{_layer(name)}: {sum(tables.values()):,} rows"
             for name, tables in plan["layers"].items()]  # fmt: skip
    lines.append("the keys of both wings, without which no copy of the study folder can be read")
    if plan["exchange_keys"]:
        lines.append(f"{plan['exchange_keys']} keys to packages and to what partners sent")
    return lines


def _layer(name: str) -> str:
    return "what a partner’s package calls each woman" if name.startswith("tokens_") else name


def _left(plan: dict[str, Any]) -> list[str]:
    lines = [f"hold {one['hold']} keeps one person’s rows until {one['until']}, for "
             f"{one['ground']}" if one["keeps"] else
             f"hold {one['hold']} is past its day, {one['until']}, and keeps nothing"
             for one in plan["holds"]]  # fmt: skip
    lines += copies_in_words(plan["copies"])
    lines += [f"{name} has sent no receipt; it can still come after closing"
              for name in plan["without_receipt"]]  # fmt: skip
    lines += [f"a lease of {one['hours']} hours, given to {one['partner']} on {one['granted_on']}: "
              "a session under it may still run, and cannot be called back"
              for one in plan["may_still_run"]]  # fmt: skip
    lines += [f"{name}: asked for release and not yet out; it never will be"
              for name in plan["open_releases"]]  # fmt: skip
    lines.append(f"the report, the ledger, and what is in the archive {plan['archive']}")
    return lines


def copies_in_words(copies: list[dict[str, Any]]) -> list[str]:
    """Return each known copy and what became of it; those still there are yours to delete."""
    return [
        f"{one['what']}: {one['path']} ({one['state']}{_how_many(one)})"
        + ("" if one["is_gone"] else "; delete it yourself")
        for one in copies
    ]


def _how_many(one: dict[str, Any]) -> str:
    return f", {one['left']} of {one['files']} files" if one["files"] > 1 and one["left"] else ""


def issued_in_words(made: "Issued") -> str:
    """Return the three sentences of a certificate, and where it lies."""
    told = made.certificate
    titles = ("Proved", "Attested", "Unknowable")
    if not told.consistent:
        titles = ("Not proved", *titles[1:])
    return "\n".join([
        *(f"{title}: {line}" for title, line in zip(titles, told.first, strict=True)),
        f"Certificate, version {told.version}: {made.folder}",
    ])  # fmt: skip
