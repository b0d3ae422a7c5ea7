"""What an approval and an extension hold, and what each must state."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from casescope.governance.study_file.study import Study, changed_tables
from casescope.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Approval:
    """The day somebody answered for the study: references, basis, and the study file they bound.

    `study` is the file as it was approved; its roles, parties, purpose and dates are in force
    until the next approval, whatever the file says meanwhile.
    """

    dpia: str
    agreement: str
    notice: str
    notice_published: date
    objection_until: date
    lawful_basis: str
    by: str
    on: date
    governed_digest: str
    study: Study


@dataclass(frozen=True)
class Extension:
    """A later last day: why, and the reissued notice that tells people of it."""

    until: date
    reason: str
    notice: str
    by: str
    on: date


def approve(
    study: Study,
    *,
    dpia: str,
    agreement: str,
    notice: str = "",
    basis: str = "",
    published: date | None = None,
    objection_days: int | None = None,
    by: str,
    on: date,
) -> Approval:
    """Return the approval of `study`, or refuse with everything that it lacks.

    Notice and basis left out are taken from study.toml. A day of publication that nobody states
    is taken as `on`, the latest it can be, so that the objection window never closes too early.
    """
    notice, basis = notice.strip() or study.notice.reference, basis.strip() or study.lawful_basis
    published = published or study.notice.published or on
    days = study.notice.objection_days if objection_days is None else objection_days
    _check_stated(
        {
            "--dpia (reference of the impact assessment)": dpia,
            "--agreement (reference of the sharing agreement)": agreement,
            "--notice (reference of the privacy notice)": notice,
            "--basis (the lawful basis)": basis,
        }
    )
    _check_days(study, published, days, on)
    return Approval(
        dpia.strip(), agreement.strip(), notice, published, published + timedelta(days=days),
        basis, by, on, study.governed_digest(), study,
    )  # fmt: skip


def _check_stated(stated: dict[str, str]) -> None:
    missing = [flag for flag, text in stated.items() if not text.strip()]
    if missing:
        raise NotAllowed(
            f"An approval needs {', '.join(missing)}.", "Nothing is loaded before all are stated."
        )


def _check_days(study: Study, published: date, days: int, on: date) -> None:
    if published > on:
        raise NotAllowed(
            "The privacy notice must be published by the day of approval.",
            "Publish it first, or mend --notice-published or notice.published in study.toml.",
        )
    if not 0 <= days <= 365:
        raise NotAllowed("The objection window must be 0 to 365 days.", "Mend --objection-days.")
    if study.end_date is not None and study.end_date < on:
        raise NotAllowed(
            "The study's end_date lies before the day of approval.", "Mend it in study.toml."
        )


def check_unchanged(approval: Approval, now: Study) -> None:
    """Refuse a study file whose governed lines are no longer those that were approved."""
    changed = changed_tables(approval.study, now)
    if changed:
        tables = " and ".join(f"[{table}]" for table in changed)
        raise NotAllowed(
            f"study.toml's {tables} changed since approval on {approval.on.isoformat()}.",
            "Change it back, or have the study approved again (casescope study approve HOME "
            "--dpia REF --agreement REF).",
        )


def is_unchanged(approval: Approval, now: Study) -> bool:
    """Say whether the governed lines are still those that were approved."""
    return not changed_tables(approval.study, now)


def check_extension(
    until: date, notice: str, *, last_day: date, today: date, notices: frozenset[str]
) -> None:
    """Refuse an extension that moves nothing, or has no newly issued notice.

    `notices`: references already used by the approval and earlier extensions.
    """
    if until <= last_day or until < today:
        raise NotAllowed(
            f"An extension must end after {max(last_day, today).isoformat()}.",
            "Give a later day with --until.",
        )
    if not notice.strip() or notice.strip() in notices:
        raise NotAllowed(
            "An extension needs the reference of a reissued privacy notice, not of an earlier one.",
            "The promise of three months was made in the notice: reissue it, then give --notice.",
        )


def in_force(approval: Approval, extension: Extension | None, now: Study | None = None) -> Study:
    """Return the study as it binds: approved lines, and what may change since as `now` has it."""
    bound = approval.study
    notice = replace(
        bound.notice,
        reference=extension.notice if extension else approval.notice,
        published=approval.notice_published,
        objection_days=(approval.objection_until - approval.notice_published).days,
    )
    current = now or bound
    return replace(
        bound,
        lawful_basis=approval.lawful_basis,
        notice=notice,
        reference_date=current.reference_date,
        parameters=current.parameters,
        value=current.value,
        costs=current.costs,
        report=current.report,
    )


def caveats(approval: Approval | None, reference_date: date, today: date) -> tuple[str, ...]:
    """Return what a reader must be told: an objection window still open, a day yet to come."""
    told = []
    if approval is not None and today <= approval.objection_until:
        told.append(
            f"The window for objections is open until {approval.objection_until.isoformat()}: "
            "women may still object, and figures may change when they do."
        )
    if reference_date > today:
        told.append(
            f"The reference date, {reference_date.isoformat()}, has not come yet: no extract "
            "reaches it, so ages, tiers and rates are wrong until study.toml says the right day."
        )
    return tuple(told)
