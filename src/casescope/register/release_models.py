"""Models of what was told: every report's figures, requests to release one, and the answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casescope.register.holds import Holds


class ToldFigures(models.Model):
    """Figures of a report as they left disclosure control; kept once, however often written."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "digest": Holds.FIGURES,
        "figures": Holds.FIGURES,
    }

    digest = models.CharField(max_length=64, primary_key=True)
    figures = models.TextField()
    """Canonical JSON: rules, facts, tables and curves as in report.json."""


class ToldReport(models.Model):
    """One edition of a report that was written or released: once out, it is known for ever."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "on": Holds.STUDY,
        "edition": Holds.STUDY,
        "audience": Holds.STUDY,
        "rules": Holds.STUDY,
        "figures": Holds.FIGURES,
        "made_from": Holds.STUDY,
    }

    study = models.ForeignKey(
        "register.Study", on_delete=models.CASCADE, related_name="told_reports"
    )
    on = models.DateField()
    edition = models.CharField(max_length=20)
    audience = models.CharField(max_length=20)
    rules = models.CharField(max_length=100)
    figures = models.ForeignKey(ToldFigures, on_delete=models.PROTECT)
    made_from = models.JSONField()
    """Step keys of layers and digests of the rest that it was made from."""


class ReleaseRequest(models.Model):
    """A public edition for whose release somebody asked, and what became of it."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "release": Holds.STUDY,
        "digest": Holds.STUDY,
        "document": Holds.OFFICER,
        "author": Holds.OFFICER,
        "on": Holds.STUDY,
        "ended_on": Holds.STUDY,
        "ended_as": Holds.STUDY,
        "released_on": Holds.STUDY,
        "released_by": Holds.OFFICER,
        "files": Holds.STUDY,
        "ledger": Holds.CHAIN,
        "withdrawn_on": Holds.STUDY,
        "withdrawn_by": Holds.OFFICER,
        "withdrawn_reason": Holds.REASON,
    }

    study = models.ForeignKey(
        "register.Study", on_delete=models.CASCADE, related_name="release_requests"
    )
    release = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    document = models.JSONField()
    """The signed request; its context is an officer's words."""
    author = models.TextField()
    on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_as = models.CharField(max_length=20, blank=True)
    released_on = models.DateField(null=True)
    released_by = models.TextField(blank=True)
    files = models.JSONField(default=dict)
    """Released files by place, with their SHA-256."""
    ledger = models.JSONField(default=dict)
    """Number and hash of the newest ledger entry before the release."""
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.TextField(blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        """One request of a study is open at a time; released or withdrawn whole or not."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_request_a_release", fields=["study", "release"]),
            models.UniqueConstraint(
                name="one_open_request",
                fields=["study"],
                condition=Q(ended_on__isnull=True, released_on__isnull=True),
            ),
            models.CheckConstraint(
                name="ended_or_released_not_both",
                condition=Q(ended_on__isnull=True, ended_as="")
                | (Q(ended_on__isnull=False, released_on__isnull=True) & ~Q(ended_as="")),
            ),
            models.CheckConstraint(
                name="released_whole_or_not",
                condition=Q(released_on__isnull=True, released_by="")
                | (Q(released_on__isnull=False) & ~Q(released_by="")),
            ),
            models.CheckConstraint(
                name="withdrawn_whole_or_not",
                condition=Q(withdrawn_on__isnull=True, withdrawn_by="", withdrawn_reason="")
                | (
                    Q(withdrawn_on__isnull=False, released_on__isnull=False)
                    & ~Q(withdrawn_by="")
                    & ~Q(withdrawn_reason="")
                ),
            ),
        ]


class ReleaseAnswer(models.Model):
    """One reviewer's signed answer; sealed until both are in, then with its opening."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "request": Holds.STUDY,
        "reviewer": Holds.OFFICER,
        "fingerprint": Holds.OFFICER,
        "document": Holds.OFFICER,
        "sealed": Holds.REASON,
        "opening": Holds.REASON,
        "taken_on": Holds.STUDY,
        "taken_by": Holds.OFFICER,
    }

    request = models.ForeignKey(ReleaseRequest, on_delete=models.CASCADE, related_name="answers")
    reviewer = models.TextField()
    fingerprint = models.CharField(max_length=39)
    document = models.JSONField()
    sealed = models.TextField()
    opening = models.JSONField(null=True)
    taken_on = models.DateField()
    taken_by = models.TextField()

    class Meta:
        """A person answers a request once, and so does a key."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_answer_a_reviewer", fields=["request", "reviewer"]),
            models.UniqueConstraint(name="one_answer_a_key", fields=["request", "fingerprint"]),
        ]
