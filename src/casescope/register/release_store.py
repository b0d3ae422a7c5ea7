"""Reads and writes what was told and what was asked to be released."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from casescope.kernel.canonical import Json
from casescope.kernel.errors import Busy, NotAllowed, NotFound
from casescope.register import models
from casescope.register.records import AnswerRow, RequestRow, Told

_REQUEST_FIELDS = (
    "release", "digest", "document", "author", "on", "ended_on", "ended_as", "released_on",
    "released_by", "files", "ledger", "withdrawn_on", "withdrawn_by", "withdrawn_reason",
)  # fmt: skip
_ANSWER_FIELDS = (
    "reviewer", "fingerprint", "document", "sealed", "opening", "taken_on", "taken_by",
)  # fmt: skip


class ReleaseStore:
    """The part of the register about reports that were told; part of `Register`."""

    def tell(self, told: Told) -> None:
        """Record that a report was written or released; its figures are kept once."""
        models.ToldFigures.objects.get_or_create(
            digest=told.digest, defaults={"figures": told.figures}
        )
        models.ToldReport.objects.create(
            study_id=UUID(told.study_id), on=told.on, edition=told.edition,
            audience=told.audience, rules=told.rules, figures_id=told.digest,
            made_from=told.made_from,
        )  # fmt: skip

    def told(self, study_id: str) -> tuple[Told, ...]:
        """Return every report of a study that was ever written or released, oldest first."""
        rows = models.ToldReport.objects.filter(study_id=UUID(study_id)).order_by("id")
        return tuple(
            Told(study_id, row.on, row.edition, row.audience, row.rules, row.figures.figures,
                 row.figures_id, row.made_from)
            for row in rows.select_related("figures")
        )  # fmt: skip

    def requests(self, study_id: str) -> tuple[RequestRow, ...]:
        """Return every request for release of a study, oldest first."""
        rows = _requests(study_id).prefetch_related("answers")
        return tuple(_request(row) for row in rows)

    def request(self, study_id: str, release: str) -> RequestRow:
        """Return one request of a study, or refuse a name that it does not have."""
        found = [row for row in self.requests(study_id) if row.release == release]
        if not found:
            raise NotFound(
                f"This study has no release {release}.", "casescope release list HOME names them."
            )
        return found[0]

    def ask(self, study_id: str, request: RequestRow) -> None:
        """Add a request in the place of the one that is open."""
        _requests(study_id).filter(ended_on__isnull=True, released_on__isnull=True).update(
            ended_on=request.on, ended_as="replaced"
        )
        try:
            with transaction.atomic():
                models.ReleaseRequest.objects.create(
                    study_id=UUID(study_id),
                    **{name: getattr(request, name) for name in _REQUEST_FIELDS},
                )
        except IntegrityError:
            raise Busy(
                "Another request for release was made meanwhile.", "Run the command again."
            ) from None

    def take(self, study_id: str, release: str, answer: AnswerRow) -> tuple[AnswerRow, ...]:
        """Add an answer to an open request; return all that are now in."""
        row = _open(study_id, release)
        try:
            with transaction.atomic():
                row.answers.create(**vars(answer))
        except IntegrityError:
            raise NotAllowed(
                "This reviewer has answered already; an answer is given once."
            ) from None
        return _answers(row)

    def reveal(self, study_id: str, release: str, openings: Sequence[Mapping[str, Json]]) -> None:
        """Keep the openings of both answers, in the order of the answers."""
        row = _open(study_id, release)
        for answer, opening in zip(row.answers.order_by("id"), openings, strict=True):
            answer.opening = dict(opening)
            answer.save(update_fields=["opening"])

    def end_request(self, study_id: str, release: str, *, on: date, ended_as: str) -> None:
        """Record that an open request leads to nothing."""
        _open(study_id, release)
        _requests(study_id).filter(release=release).update(ended_on=on, ended_as=ended_as)

    def mark_released(
        self,
        study_id: str,
        release: str,
        *,
        on: date,
        by: str,
        files: Mapping[str, str],
        ledger: Mapping[str, Json],
    ) -> None:
        """Record that an open request was published."""
        _open(study_id, release)
        _requests(study_id).filter(release=release).update(
            released_on=on, released_by=by, files=dict(files), ledger=dict(ledger)
        )

    def mark_withdrawn(self, study_id: str, release: str, *, on: date, by: str, why: str) -> None:
        """Record that a release was withdrawn, or refuse where it is not out."""
        changed = (
            _requests(study_id)
            .filter(release=release, released_on__isnull=False, withdrawn_on__isnull=True)
            .update(withdrawn_on=on, withdrawn_by=by, withdrawn_reason=why)
        )
        if not changed:
            raise NotAllowed(f"{release} is not out.")


def _requests(study_id: str) -> QuerySet[models.ReleaseRequest]:
    return models.ReleaseRequest.objects.filter(study_id=UUID(study_id)).order_by("id")


def _open(study_id: str, release: str) -> models.ReleaseRequest:
    row = _requests(study_id).filter(
        release=release, ended_on__isnull=True, released_on__isnull=True
    ).first()  # fmt: skip
    if row is None:
        raise NotAllowed(
            f"{release} is no longer open.", "casescope release show HOME says how it stands."
        )
    return row


def _answers(row: models.ReleaseRequest) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(**{name: getattr(one, name) for name in _ANSWER_FIELDS})
        for one in sorted(row.answers.all(), key=lambda answer: answer.pk)
    )


def _request(row: models.ReleaseRequest) -> RequestRow:
    return RequestRow(
        **{name: getattr(row, name) for name in _REQUEST_FIELDS}, answers=_answers(row)
    )
