"""Reads and writes holds."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from casescope.governance.holds import Ground, Hold
from casescope.kernel.errors import Busy, NotAllowed, NotFound
from casescope.register import models

_FIELDS = (
    "hold_id", "until", "reason", "by", "on", "rows", "sha256",
    "ended_on", "ended_by", "ended_reason",
)  # fmt: skip


class EndingStore:
    """The part of the register about what outlives a study; part of `Register`."""

    def holds(self, study_id: str) -> tuple[Hold, ...]:
        """Return every hold of a study there ever was, oldest first."""
        rows = models.Hold.objects.filter(study_id=UUID(study_id)).order_by("id")
        return tuple(
            Hold(
                subjects=tuple(row.subjects),
                ground=Ground(row.ground),
                **{name: getattr(row, name) for name in _FIELDS},
            )
            for row in rows
        )

    def hold(self, study_id: str, hold_id: str) -> Hold:
        """Return one hold of a study, or refuse an id that it does not have."""
        for one in self.holds(study_id):
            if one.hold_id == hold_id:
                return one
        raise NotFound(f"This study has no hold {hold_id}.", "casescope hold HOME lists them.")

    def add_hold(self, study_id: str, hold: Hold) -> None:
        """Record a hold, or refuse one whose id another got meanwhile."""
        fields = {**asdict(hold), "ground": hold.ground.value, "subjects": list(hold.subjects)}
        try:
            with transaction.atomic():
                models.Hold.objects.create(study_id=UUID(study_id), **fields)
        except IntegrityError:
            raise Busy(
                "Another hold was recorded while this was being done; this one was not.",
                "Run the command again.",
            ) from None

    def keep_hold(self, study_id: str, hold_id: str, *, rows: int, sha256: str) -> None:
        """Record the file that keeps a hold's rows beyond the end."""
        models.Hold.objects.filter(study_id=UUID(study_id), hold_id=hold_id).update(
            rows=rows, sha256=sha256
        )

    def prolong_hold(self, study_id: str, hold_id: str, *, until: date) -> None:
        """Record a later day of a hold, or refuse one that was ended meanwhile."""
        changed = models.Hold.objects.filter(
            study_id=UUID(study_id), hold_id=hold_id, ended_on__isnull=True
        ).update(until=until)
        if not changed:
            raise NotAllowed(f"Hold {hold_id} was ended already.")

    def end_hold(self, study_id: str, hold_id: str, *, on: date, by: str, reason: str) -> None:
        """Record that a hold was ended, or refuse one that was already."""
        ended = models.Hold.objects.filter(
            study_id=UUID(study_id), hold_id=hold_id, ended_on__isnull=True
        ).update(ended_on=on, ended_by=by, ended_reason=reason)
        if not ended:
            raise NotAllowed(f"Hold {hold_id} was ended already.")
