"""Models of what a study's end leaves: holds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casescope.register.holds import Holds


class Hold(models.Model):
    """A person whose rows outlive the study until a day, why, and what became of it."""

    PRIVACY: ClassVar[dict[str, Holds]] = {
        "id": Holds.STUDY,
        "study": Holds.STUDY,
        "hold_id": Holds.STUDY,
        "subjects": Holds.SUBJECT,
        "ground": Holds.STUDY,
        "until": Holds.STUDY,
        "reason": Holds.REASON,
        "by": Holds.OFFICER,
        "on": Holds.STUDY,
        "rows": Holds.STUDY,
        "sha256": Holds.STUDY,
        "ended_on": Holds.STUDY,
        "ended_by": Holds.OFFICER,
        "ended_reason": Holds.REASON,
    }

    study = models.ForeignKey("register.Study", on_delete=models.CASCADE, related_name="holds")
    hold_id = models.CharField(max_length=12)
    subjects = models.JSONField()
    ground = models.CharField(max_length=20)
    until = models.DateField()
    reason = models.TextField()
    by = models.TextField()
    on = models.DateField()
    rows = models.IntegerField(null=True)
    """How many rows its file keeps; null until the study has ended."""
    sha256 = models.CharField(max_length=64, blank=True)
    ended_on = models.DateField(null=True)
    ended_by = models.TextField(blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        """Ended by whom and why: all of it or none."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_hold_an_id", fields=["study", "hold_id"]),
            models.CheckConstraint(name="hold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_ended_whole_or_not",
                condition=Q(ended_on__isnull=True, ended_by="", ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason="")),
            ),
        ]
