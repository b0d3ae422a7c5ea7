"""Models of the exchange: partners, what was sent to them, what was granted, every message.

No key and no secret is here: those lie with the study's keys.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casescope.register.holds import Holds


class Partner(models.Model):
    """A partner whose card was added after its fingerprint was heard from the partner itself."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "fingerprint": Holds.STUDY,
        "name": Holds.PARTNER,
        "card": Holds.PARTNER,
        "added_on": Holds.STUDY,
        "added_by": Holds.OFFICER,
    }

    study = models.ForeignKey("register.Study", on_delete=models.CASCADE, related_name="partners")
    fingerprint = models.CharField(max_length=39)
    name = models.TextField()
    card = models.JSONField()
    """The signed card, as it was given."""
    added_on = models.DateField()
    added_by = models.TextField()

    class Meta:
        """A card is added once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_partner_a_card", fields=["study", "fingerprint"])
        ]


class Suspension(models.Model):
    """A time in which a partner gets nothing: no package and no lease."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "partner": Holds.STUDY,
        "on": Holds.STUDY,
        "by": Holds.OFFICER,
        "reason": Holds.REASON,
        "ended_on": Holds.STUDY,
        "ended_by": Holds.OFFICER,
        "ended_reason": Holds.REASON,
    }

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="suspensions")
    on = models.DateField()
    by = models.TextField()
    reason = models.TextField()
    ended_on = models.DateField(null=True)
    ended_by = models.TextField(blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        """One is in force at a time; ended by whom and why: all of it or none."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_suspension_in_force",
                fields=["partner"],
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(name="suspension_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="suspension_ended_whole_or_not",
                condition=Q(ended_on__isnull=True, ended_by="", ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason="")),
            ),
        ]


class Package(models.Model):
    """A package that was sent to a partner; its newest version is the one that leases open."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "partner": Holds.STUDY,
        "package": Holds.STUDY,
        "version": Holds.STUDY,
        "replaces": Holds.STUDY,
        "document": Holds.STUDY,
        "file": Holds.STUDY,
        "sha256": Holds.STUDY,
        "size": Holds.STUDY,
        "made_from": Holds.STUDY,
        "sent_on": Holds.STUDY,
        "sent_by": Holds.OFFICER,
        "superseded_on": Holds.STUDY,
        "acknowledged_on": Holds.STUDY,
    }

    study = models.ForeignKey("register.Study", on_delete=models.CASCADE, related_name="packages")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="packages")
    package = models.CharField(max_length=64)
    version = models.IntegerField()
    replaces = models.CharField(max_length=64, blank=True)
    document = models.JSONField()
    """The manifest: tables with counts of rows and disclosure figures, and no row."""
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    made_from = models.CharField(max_length=64)
    """Digest of the dataset's step key and of what else decides on the rows."""
    sent_on = models.DateField()
    sent_by = models.TextField()
    superseded_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)

    class Meta:
        """Versions of a partner are counted, and one of them is current at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_package_an_id", fields=["package"]),
            models.UniqueConstraint(name="one_package_a_version", fields=["partner", "version"]),
            models.UniqueConstraint(
                name="one_current_package",
                fields=["partner"],
                condition=Q(superseded_on__isnull=True),
            ),
        ]


class Lease(models.Model):
    """A lease that was granted: the same request gets this very one again, and never a longer."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "package": Holds.STUDY,
        "lease": Holds.STUDY,
        "request": Holds.STUDY,
        "session": Holds.STUDY,
        "document": Holds.STUDY,
        "file": Holds.STUDY,
        "mode": Holds.STUDY,
        "granted_on": Holds.STUDY,
        "granted_at": Holds.STUDY,
        "granted_by": Holds.OFFICER,
        "hours": Holds.STUDY,
        "last_day": Holds.STUDY,
    }

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="leases")
    lease = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    """Digest of what asked for it."""
    session = models.CharField(max_length=80)
    """The one-time recipient of the session that asked."""
    document = models.TextField()
    """The lease's file; what is sealed in it only the session that asked can open."""
    file = models.CharField(max_length=200)
    mode = models.CharField(max_length=20)
    granted_on = models.DateField()
    granted_at = models.CharField(max_length=40)
    granted_by = models.TextField()
    hours = models.IntegerField()
    """From its opening; never past the last day."""
    last_day = models.DateField()

    class Meta:
        """A request is granted once, and a session has one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_lease_a_request", fields=["request"]),
            models.UniqueConstraint(name="one_lease_a_session", fields=["session"]),
        ]


class Message(models.Model):
    """A file that went to a partner or came from one, and what it proved of either ledger."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "partner": Holds.STUDY,
        "incoming": Holds.STUDY,
        "kind": Holds.STUDY,
        "digest": Holds.STUDY,
        "on": Holds.STUDY,
        "by": Holds.OFFICER,
        "about": Holds.STUDY,
        "document": Holds.PARTNER,
        "sent_size": Holds.CHAIN,
        "kept": Holds.CHAIN,
        "countersigned_size": Holds.CHAIN,
        "countersigned_note": Holds.CHAIN,
    }

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="messages")
    incoming = models.BooleanField()
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    on = models.DateField()
    by = models.TextField()
    about = models.CharField(max_length=64, blank=True)
    """The package that it is about."""
    document = models.JSONField(default=dict)
    """What a partner signed; empty for what we sent, which is kept elsewhere."""
    sent_size = models.IntegerField(null=True)
    """Size of our ledger at the checkpoint that went with what we sent."""
    kept = models.JSONField(null=True)
    """The other side's checkpoint that came with it: size, root, note, proofs."""
    countersigned_size = models.IntegerField(null=True)
    countersigned_note = models.TextField(blank=True)
    """Our own checkpoint, under the other side's signature too."""

    class Meta:
        """A message is taken in once: a replay is refused."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_message_a_digest", fields=["partner", "digest"])
        ]
