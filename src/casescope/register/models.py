"""The only Django models: who did what, when. No names of women or children, no note text, ever.

Every model says in `PRIVACY` what each of its fields holds; a test refuses a field left out.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casescope.register.ending_models import Hold
from casescope.register.exchange_models import Lease, Message, Package, Partner, Suspension
from casescope.register.holds import Holds
from casescope.register.release_models import (
    ReleaseAnswer,
    ReleaseRequest,
    ToldFigures,
    ToldReport,
)

__all__ = [
    "Approval", "Extension", "Hold", "Holds", "Layer", "Lease", "LedgerEntry", "LinkDecision",
    "Message", "Package", "Partner", "ReleaseAnswer", "ReleaseRequest", "Restriction",
    "SampledPair", "StageChange", "Study", "Suspension", "ToldFigures", "ToldReport",
]  # fmt: skip


class Study(models.Model):
    """One study and where its folder lies; what it is called stands in `declared`."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "home": Holds.STUDY,
        "created_on": Holds.STUDY,
        "created_by": Holds.OFFICER,
        "declared": Holds.OFFICER,
        "keys_destroyed_on": Holds.STUDY,
    }

    id = models.UUIDField(primary_key=True)
    home = models.TextField()
    created_on = models.DateField()
    created_by = models.TextField()
    declared = models.JSONField()
    """study.toml as it was written at the beginning; the fallback while nothing is approved."""
    keys_destroyed_on = models.DateField(null=True)


class StageChange(models.Model):
    """A step from one stage to the next; the newest is where the study stands."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "before": Holds.STUDY,
        "after": Holds.STUDY,
        "on": Holds.STUDY,
        "by": Holds.OFFICER,
        "reason": Holds.REASON,
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="stage_changes")
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    on = models.DateField()
    by = models.TextField()
    reason = models.TextField(blank=True)


class Approval(models.Model):
    """Who answered for the study, on which references, and the study file that this bound."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "dpia": Holds.STUDY,
        "agreement": Holds.STUDY,
        "notice": Holds.STUDY,
        "notice_published": Holds.STUDY,
        "objection_until": Holds.STUDY,
        "lawful_basis": Holds.STUDY,
        "by": Holds.OFFICER,
        "on": Holds.STUDY,
        "governed_digest": Holds.STUDY,
        "declared": Holds.OFFICER,
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="approvals")
    dpia = models.TextField()
    agreement = models.TextField()
    notice = models.TextField()
    notice_published = models.DateField()
    objection_until = models.DateField()
    lawful_basis = models.TextField()
    by = models.TextField()
    on = models.DateField()
    governed_digest = models.CharField(max_length=64)
    declared = models.JSONField()

    class Meta:
        """An approval without its references is none."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="approval_states_everything",
                condition=~Q(dpia="") & ~Q(agreement="") & ~Q(notice="") & ~Q(lawful_basis=""),
            ),
            models.CheckConstraint(
                name="approval_window_follows_notice",
                condition=Q(objection_until__gte=models.F("notice_published")),
            ),
        ]


class Extension(models.Model):
    """A later last day, why, and the reissued notice."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "until": Holds.STUDY,
        "reason": Holds.REASON,
        "notice": Holds.STUDY,
        "by": Holds.OFFICER,
        "on": Holds.STUDY,
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateField()
    reason = models.TextField()
    notice = models.TextField()
    by = models.TextField()
    on = models.DateField()

    class Meta:
        """An extension without a reason and a notice is none."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="extension_states_everything", condition=~Q(reason="") & ~Q(notice="")
            )
        ]


class Layer(models.Model):
    """One published layer; the newest of its name is in force until superseded or dropped."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "name": Holds.STUDY,
        "wing": Holds.STUDY,
        "file": Holds.STUDY,
        "step_key": Holds.STUDY,
        "sha256": Holds.STUDY,
        "size": Holds.STUDY,
        "tables": Holds.STUDY,
        "made_at": Holds.STUDY,
        "superseded_at": Holds.STUDY,
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="layers")
    name = models.CharField(max_length=100)
    wing = models.CharField(max_length=20)
    file = models.CharField(max_length=200)
    step_key = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    tables = models.JSONField()
    made_at = models.CharField(max_length=40)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        """One layer of a name is in force at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_layer_in_force",
                fields=["study", "name"],
                condition=Q(superseded_at__isnull=True),
            )
        ]


class Restriction(models.Model):
    """A person who is in no result until the restriction is lifted (UK GDPR article 18)."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "subject_id": Holds.SUBJECT,
        "ground": Holds.REASON,
        "reason": Holds.REASON,
        "on": Holds.STUDY,
        "by": Holds.OFFICER,
        "lifted_on": Holds.STUDY,
        "lifted_by": Holds.OFFICER,
        "lifted_reason": Holds.REASON,
        "told_on": Holds.STUDY,
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="restrictions")
    subject_id = models.CharField(max_length=64)
    ground = models.TextField()
    reason = models.TextField(blank=True)
    on = models.DateField()
    by = models.TextField()
    lifted_on = models.DateField(null=True)
    lifted_by = models.TextField(blank=True)
    lifted_reason = models.TextField(blank=True)
    told_on = models.DateField(null=True)

    class Meta:
        """Lifted by whom, when, why and after telling her: all of it or none."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_restriction_in_force",
                fields=["study", "subject_id"],
                condition=Q(lifted_on__isnull=True),
            ),
            models.CheckConstraint(name="restriction_has_a_ground", condition=~Q(ground="")),
            models.CheckConstraint(
                name="restriction_lifted_whole_or_not",
                condition=Q(
                    lifted_on__isnull=True, lifted_by="", lifted_reason="", told_on__isnull=True
                )
                | (
                    Q(lifted_on__isnull=False, told_on__isnull=False)
                    & ~Q(lifted_by="")
                    & ~Q(lifted_reason="")
                ),
            ),
        ]


class LinkDecision(models.Model):
    """What somebody decided on a doubtful link between two women, and what became of it."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "decision_id": Holds.STUDY,
        "pair": Holds.SUBJECT,
        "one": Holds.SUBJECT,
        "other": Holds.SUBJECT,
        "verdict": Holds.STUDY,
        "on": Holds.STUDY,
        "at": Holds.STUDY,
        "by": Holds.OFFICER,
        "how": Holds.STUDY,
        "why": Holds.REASON,
        "ended_on": Holds.STUDY,
        "ended_by": Holds.OFFICER,
        "ended_as": Holds.STUDY,
        "ended_reason": Holds.REASON,
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="link_decisions")
    decision_id = models.CharField(max_length=32)
    pair = models.CharField(max_length=140)
    """The two women's own ids, the lower first."""
    one = models.JSONField()
    other = models.JSONField()
    verdict = models.CharField(max_length=20)
    on = models.DateField()
    at = models.CharField(max_length=40)
    by = models.TextField()
    how = models.CharField(max_length=60)
    why = models.TextField(blank=True)
    ended_on = models.DateField(null=True)
    ended_by = models.TextField(blank=True)
    ended_as = models.CharField(max_length=20, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        """One decision on a pair is in force at a time; ended by whom and how: all or none."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_decision_in_force",
                fields=["study", "pair"],
                condition=Q(ended_on__isnull=True),
            ),
            models.UniqueConstraint(name="one_decision_an_id", fields=["study", "decision_id"]),
            models.CheckConstraint(
                name="decision_ended_whole_or_not",
                condition=Q(ended_on__isnull=True, ended_by="", ended_as="", ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_by="") & ~Q(ended_as="")),
            ),
        ]


class SampledPair(models.Model):
    """A pair of women drawn at random for review, so that precision and recall can be told."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "pair": Holds.SUBJECT,
        "on": Holds.STUDY,
        "by": Holds.OFFICER,
        "seed": Holds.STUDY,
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sampled_pairs")
    pair = models.CharField(max_length=140)
    on = models.DateField()
    by = models.TextField()
    seed = models.BigIntegerField()

    class Meta:
        """A pair is drawn once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_drawing_a_pair", fields=["study", "pair"])
        ]


class LedgerEntry(models.Model):
    """One entry of a study's ledger; no foreign keys, so that it outlives what it tells of."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.CHAIN,
        "study": Holds.STUDY,
        "number": Holds.CHAIN,
        "on": Holds.STUDY,
        "at": Holds.STUDY,
        "actor": Holds.OFFICER,
        "action": Holds.STUDY,
        "detail": Holds.REASON,
        "salt": Holds.CHAIN,
        "previous": Holds.CHAIN,
        "hash": Holds.CHAIN,
    }

    study = models.CharField(max_length=36)
    number = models.IntegerField()
    on = models.DateField()
    at = models.CharField(max_length=40)
    actor = models.TextField()
    action = models.CharField(max_length=40)
    detail = models.JSONField()
    salt = models.CharField(max_length=64, default="", blank=True)
    """Empty in entries from before there were salts."""
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """No two entries of a study share a number."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_entry_a_number", fields=["study", "number"])
        ]
