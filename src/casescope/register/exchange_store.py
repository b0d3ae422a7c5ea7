"""Reads and writes what the register knows of partners and of what went to and fro."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from casescope.kernel.errors import Busy, NotAllowed, NotFound
from casescope.register import models
from casescope.register.exchange_records import LeaseRow, MessageRow, PackageRow, PartnerRow

_PARTNER_FIELDS = ("fingerprint", "name", "card", "added_on", "added_by")
_PACKAGE_FIELDS = (
    "package", "version", "replaces", "document", "file", "sha256", "size", "made_from",
    "sent_on", "sent_by", "superseded_on", "acknowledged_on",
)  # fmt: skip
_LEASE_FIELDS = (
    "lease", "request", "session", "document", "file", "mode", "granted_on", "granted_at",
    "granted_by", "hours", "last_day",
)  # fmt: skip
_MESSAGE_FIELDS = (
    "incoming", "kind", "digest", "on", "by", "about", "document", "sent_size", "kept",
    "countersigned_size", "countersigned_note",
)  # fmt: skip


class ExchangeStore:
    """The part of the register about partners; part of `Register`."""

    # partners

    def add_partner(self, study_id: str, partner: PartnerRow) -> None:
        """Add a partner, or refuse a card that is here."""
        fields = {name: getattr(partner, name) for name in _PARTNER_FIELDS}
        try:
            with transaction.atomic():
                models.Partner.objects.create(study_id=UUID(study_id), **fields)
        except IntegrityError:
            raise NotAllowed("This card was added before.") from None

    def partners(self, study_id: str) -> tuple[PartnerRow, ...]:
        """Return every partner whose card was added, oldest first."""
        rows = _partners(study_id).prefetch_related("suspensions")
        return tuple(_partner(row) for row in rows)

    def suspend(self, study_id: str, fingerprint: str, *, on: date, by: str, reason: str) -> None:
        """Suspend a partner, or refuse where it is."""
        row = _partner_row(study_id, fingerprint)
        try:
            with transaction.atomic():
                row.suspensions.create(on=on, by=by, reason=reason)
        except IntegrityError:
            raise NotAllowed(f"{row.name} is suspended already.") from None

    def resume(self, study_id: str, fingerprint: str, *, on: date, by: str, reason: str) -> None:
        """End a partner's suspension, or refuse where there is none."""
        row = _partner_row(study_id, fingerprint)
        ended = row.suspensions.filter(ended_on__isnull=True).update(
            ended_on=on, ended_by=by, ended_reason=reason
        )
        if not ended:
            raise NotAllowed(f"{row.name} is not suspended.")

    # packages

    def send(self, study_id: str, package: PackageRow) -> None:
        """Record a package as the current one of its partner, in the place of the one it replaces.

        Refuses one that does not replace the one that is current now: another was sent meanwhile;
        and one to a partner that was suspended meanwhile.
        """
        partner = _partner_row(study_id, package.partner)
        _check_counts(partner)
        current = partner.packages.filter(superseded_on__isnull=True)
        if [one.package for one in current] != ([package.replaces] if package.replaces else []):
            raise Busy("Another package was sent to this partner meanwhile.", "Send it again.")
        current.update(superseded_on=package.sent_on)
        models.Package.objects.create(
            study_id=UUID(study_id),
            partner=partner,
            **{name: getattr(package, name) for name in _PACKAGE_FIELDS},
        )

    def packages(self, study_id: str) -> tuple[PackageRow, ...]:
        """Return every package of a study that was ever sent, oldest first."""
        rows = models.Package.objects.filter(study_id=UUID(study_id)).order_by("id")
        return tuple(_package(row) for row in rows.select_related("partner"))

    def acknowledge(self, study_id: str, package: str, *, on: date) -> None:
        """Record that the partner has a package; the first day counts."""
        models.Package.objects.filter(
            study_id=UUID(study_id), package=package, acknowledged_on__isnull=True
        ).update(acknowledged_on=on)

    # leases

    def grant(self, study_id: str, lease: LeaseRow) -> None:
        """Record a lease, or refuse a second one on the same request, or one to the suspended."""
        row = models.Package.objects.filter(
            study_id=UUID(study_id), package=lease.package, superseded_on__isnull=True
        ).first()
        if row is None:
            raise Busy("A newer package was sent to this partner meanwhile.", "Ask again with it.")
        _check_counts(row.partner)
        try:
            with transaction.atomic():
                row.leases.create(**{name: getattr(lease, name) for name in _LEASE_FIELDS})
        except IntegrityError:
            raise Busy("This request was granted meanwhile.", "Run the command again.") from None

    def leases(self, study_id: str) -> tuple[LeaseRow, ...]:
        """Return every lease of a study that was ever granted, oldest first."""
        rows = models.Lease.objects.filter(package__study_id=UUID(study_id)).order_by("id")
        return tuple(_lease(row) for row in rows.select_related("package__partner"))

    # messages

    def keep_message(self, study_id: str, message: MessageRow) -> None:
        """Keep a message, or refuse one that was kept before."""
        partner = _partner_row(study_id, message.partner)
        try:
            with transaction.atomic():
                partner.messages.create(
                    **{name: getattr(message, name) for name in _MESSAGE_FIELDS}
                )
        except IntegrityError:
            raise NotAllowed("This file was taken in before.") from None

    def messages(self, study_id: str, fingerprint: str = "") -> tuple[MessageRow, ...]:
        """Return every message of a study, or of one of its partners, oldest first."""
        rows = models.Message.objects.filter(partner__study_id=UUID(study_id)).order_by("id")
        if fingerprint:
            rows = rows.filter(partner__fingerprint=fingerprint)
        return tuple(_message(row) for row in rows.select_related("partner"))


def _partners(study_id: str) -> QuerySet[models.Partner]:
    return models.Partner.objects.filter(study_id=UUID(study_id)).order_by("id")


def _partner_row(study_id: str, fingerprint: str) -> models.Partner:
    row = _partners(study_id).filter(fingerprint=fingerprint).first()
    if row is None:
        raise NotFound("This partner's card was never added.", "casescope card add HOME CARD")
    return row


def _check_counts(row: models.Partner) -> None:
    """Refuse a partner that somebody suspended while something was being made for it."""
    if row.suspensions.filter(ended_on__isnull=True).exists():
        raise NotAllowed(f"{row.name} was suspended meanwhile, and nothing goes to it.")


def _partner(row: models.Partner) -> PartnerRow:
    held = next((one for one in row.suspensions.all() if one.ended_on is None), None)
    return PartnerRow(
        **{name: getattr(row, name) for name in _PARTNER_FIELDS},
        suspended_on=held.on if held else None,
        suspended_reason=held.reason if held else "",
    )


def _package(row: models.Package) -> PackageRow:
    return PackageRow(
        partner=row.partner.fingerprint, **{name: getattr(row, name) for name in _PACKAGE_FIELDS}
    )


def _lease(row: models.Lease) -> LeaseRow:
    return LeaseRow(
        partner=row.package.partner.fingerprint,
        package=row.package.package,
        **{name: getattr(row, name) for name in _LEASE_FIELDS},
    )


def _message(row: models.Message) -> MessageRow:
    return MessageRow(
        partner=row.partner.fingerprint, **{name: getattr(row, name) for name in _MESSAGE_FIELDS}
    )
