"""Reads and writes the register; every write belongs inside `transaction()`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, QuerySet

from casescope.governance.approval import Approval, Extension
from casescope.governance.link_decisions import Ending, LinkDecision, Verdict, touches
from casescope.governance.record.ledger import Act, Entry, Head, entries_after
from casescope.governance.restrictions import Restriction
from casescope.governance.stages import Stage
from casescope.governance.study_file.study import Study, from_tables
from casescope.kernel.canonical import Json, canonical_bytes
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.register import models
from casescope.register.ending_store import EndingStore
from casescope.register.exchange_store import ExchangeStore
from casescope.register.records import LayerRow, StudyRecord
from casescope.register.release_store import ReleaseStore

_RESTRICTION_FIELDS = (
    "subject_id", "ground", "on", "by", "reason",
    "lifted_on", "lifted_by", "lifted_reason", "told_on",
)  # fmt: skip
_LAYER_FIELDS = ("name", "wing", "file", "step_key", "sha256", "size", "tables", "made_at")
_DECISION_FIELDS = ("decision_id", "on", "at", "by", "how", "why",
                    "ended_on", "ended_by", "ended_reason")  # fmt: skip
_ENTRY_FIELDS = ("study", "number", "on", "at", "actor", "action", "detail", "salt", "previous",
                 "hash")  # fmt: skip
_ADD_ENTRY = (
    'INSERT INTO register_ledgerentry ("study", "number", "on", "at", "actor", "action", "detail", '
    '"salt", "previous", "hash") VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)'
)
"""In SQL because Django takes six times as long over many of them (benchmarks exchange_ledger)."""


class Register(ExchangeStore, ReleaseStore, EndingStore):
    """The one open register."""

    def transaction(self) -> AbstractContextManager[None]:
        """Return a block whose writes all happen or none; it holds the write lock throughout."""
        return transaction.atomic()

    # studies

    def add_study(self, study_id: str, home: Path, declared: Study, *, by: str, on: date) -> None:
        """Add a study in draft."""
        row = models.Study.objects.create(
            id=UUID(study_id), home=str(home), created_on=on, created_by=by,
            declared=declared.as_tables(),
        )  # fmt: skip
        row.stage_changes.create(before="", after=Stage.DRAFT.value, on=on, by=by)

    def study_ids(self) -> tuple[str, ...]:
        """Return the ids of every study, oldest first."""
        rows = models.Study.objects.order_by("created_on", "id").values_list("id", flat=True)
        return tuple(str(study_id) for study_id in rows)

    def study(self, study_id: str) -> StudyRecord:
        """Return all that is known of a study, or refuse an id that is not here."""
        try:
            row = models.Study.objects.get(id=UUID(study_id))
        except (models.Study.DoesNotExist, ValueError):
            raise NotFound(
                "This folder's study is not in the register.",
                "Set CASESCOPE_STATE to the folder of the register that it was begun in.",
            ) from None
        return _record(row)

    def move(self, study_id: str, home: Path) -> None:
        """Record that the study's folder now lies elsewhere."""
        models.Study.objects.filter(id=UUID(study_id)).update(home=str(home))

    def mark_keys_destroyed(self, study_id: str, on: date) -> None:
        """Record that the study's keys are gone."""
        models.Study.objects.filter(id=UUID(study_id)).update(keys_destroyed_on=on)

    # its life

    def change_stage(
        self, study_id: str, before: Stage, after: Stage, *, by: str, on: date, reason: str = ""
    ) -> None:
        """Record a step to another stage."""
        models.StageChange.objects.create(
            study_id=UUID(study_id), before=before.value, after=after.value,
            on=on, by=by, reason=reason,
        )  # fmt: skip

    def add_approval(self, study_id: str, approval: Approval) -> None:
        """Record an approval; it is in force at once."""
        fields = {name: value for name, value in vars(approval).items() if name != "study"}
        models.Approval.objects.create(
            study_id=UUID(study_id), declared=approval.study.as_tables(), **fields
        )

    def add_extension(self, study_id: str, extension: Extension) -> None:
        """Record an extension; it is in force at once."""
        models.Extension.objects.create(study_id=UUID(study_id), **asdict(extension))

    # layers

    def publish(self, study_id: str, layer: LayerRow) -> None:
        """Put a layer in force in the place of the one of its name."""
        self.drop(study_id, layer.name)
        models.Layer.objects.create(study_id=UUID(study_id), **vars(layer))

    def drop(self, study_id: str, name: str) -> None:
        """Take a layer out of force."""
        models.Layer.objects.filter(
            study_id=UUID(study_id), name=name, superseded_at__isnull=True
        ).update(superseded_at=datetime.now(UTC))

    # restrictions

    def restrict(self, study_id: str, restriction: Restriction) -> None:
        """Add a restriction, or refuse one for a person who is already restricted."""
        try:
            with transaction.atomic():
                models.Restriction.objects.create(study_id=UUID(study_id), **asdict(restriction))
        except IntegrityError:
            raise NotAllowed("This person is already restricted.") from None

    def lift(
        self, study_id: str, subject_id: str, *, on: date, by: str, reason: str, told_on: date
    ) -> None:
        """Lift the restriction in force for a person, or refuse where there is none."""
        lifted = models.Restriction.objects.filter(
            study_id=UUID(study_id), subject_id=subject_id, lifted_on__isnull=True
        ).update(lifted_on=on, lifted_by=by, lifted_reason=reason, told_on=told_on)
        if not lifted:
            raise NotFound("No restriction is in force for this person.")

    # decisions on links

    def decide(self, study_id: str, decisions: Sequence[LinkDecision]) -> tuple[LinkDecision, ...]:
        """Put decisions in force; return those in force on the same two women, now changed."""
        held: dict[str, list[LinkDecision]] = defaultdict(list)
        for row in map(_decision, _decisions_in_force(study_id)):
            for subject in row.one:
                held[subject].append(row)
        changed: list[LinkDecision] = []
        for decision in decisions:
            near = (each for subject in (*decision.one, *decision.other) for each in held[subject])
            old = {each.decision_id: each for each in near
                   if touches(each, decision.one, decision.other)}  # fmt: skip
            _decisions_in_force(study_id).filter(decision_id__in=old).update(
                ended_on=decision.on, ended_by=decision.by, ended_as=Ending.CHANGED.value
            )
            _add_decision(study_id, decision)
            changed += old.values()
        return tuple(changed)

    def undecide(
        self, study_id: str, decision_ids: Iterable[str], *, on: date, by: str, reason: str
    ) -> None:
        """Withdraw decisions that are in force, or refuse where one is not."""
        wanted = list(decision_ids)
        ended = _decisions_in_force(study_id).filter(decision_id__in=wanted).update(
            ended_on=on, ended_by=by, ended_as=Ending.WITHDRAWN.value, ended_reason=reason
        )  # fmt: skip
        if ended != len(wanted):
            raise NotFound("No decision on these two is in force.")

    def decisions(self, study_id: str) -> tuple[LinkDecision, ...]:
        """Return every decision on links there ever was, oldest first."""
        rows = models.LinkDecision.objects.filter(study_id=UUID(study_id)).order_by("id")
        return tuple(_decision(row) for row in rows)

    def draw(
        self, study_id: str, pairs: Iterable[tuple[str, str]], *, seed: int, on: date, by: str
    ) -> None:
        """Add pairs to those drawn at random for review; one already drawn stays as it is."""
        models.SampledPair.objects.bulk_create(
            [
                models.SampledPair(
                    study_id=UUID(study_id), pair=" ".join(sorted(pair)), seed=seed, on=on, by=by
                )
                for pair in pairs
            ],
            ignore_conflicts=True,
        )

    def drawn(self, study_id: str) -> tuple[tuple[str, str], ...]:
        """Return the pairs ever drawn at random, in the order in which they were."""
        rows = models.SampledPair.objects.filter(study_id=UUID(study_id)).order_by("id")
        pairs = (pair.split(" ") for pair in rows.values_list("pair", flat=True))
        return tuple((one, other) for one, other in pairs)

    # the ledger

    def append(
        self, study_id: str, *, on: date, at: datetime, actor: str, action: str, detail: Json
    ) -> Entry:
        """Add the next entry to a study's ledger."""
        return self.append_all(study_id, [Act(on, at, actor, action, detail)])[0]

    def append_all(self, study_id: str, acts: Iterable[Act]) -> list[Entry]:
        """Add an entry for each act to a study's ledger, all or none."""
        with transaction.atomic():
            entries = entries_after(self.head(study_id), study_id, acts)
            with connection.cursor() as cursor:
                cursor.executemany(_ADD_ENTRY, [_entry_row(entry) for entry in entries])
        return entries

    def head(self, study_id: str) -> Head | None:
        """Return the newest entry's number and hash."""
        row = _entries(study_id).last()
        return Head(row.number, row.hash) if row else None

    def hash_of(self, study_id: str, number: int) -> str | None:
        """Return the hash kept for one entry."""
        row = _entries(study_id).filter(number=number).first()
        return row.hash if row else None

    def hashes(self, study_id: str, *, after: int = 0) -> list[str]:
        """Return the hashes of a study's entries with a number above `after`, in order."""
        return list(_entries(study_id).filter(number__gt=after).values_list("hash", flat=True))

    def newest_day(self, study_id: str) -> date | None:
        """Return the latest day of any entry, refusals included."""
        newest: date | None = _entries(study_id).aggregate(newest=Max("on"))["newest"]
        return newest

    def has_act(self, study_id: str, action: str, detail: Json) -> bool:
        """Say whether a study's ledger holds an entry of an action with this very detail."""
        found = _entries(study_id).filter(action=action).values_list("detail", flat=True)
        return any(one == detail for one in found)

    def entries(self, study_id: str) -> tuple[Entry, ...]:
        """Return a study's ledger in order."""
        return tuple(_entry(row) for row in _entries(study_id))


def _decisions_in_force(study_id: str) -> QuerySet[models.LinkDecision]:
    return models.LinkDecision.objects.filter(
        study_id=UUID(study_id), ended_on__isnull=True
    ).order_by("id")


def _add_decision(study_id: str, decision: LinkDecision) -> None:
    models.LinkDecision.objects.create(
        study_id=UUID(study_id),
        pair=" ".join(sorted((decision.one[0], decision.other[0]))),
        one=list(decision.one),
        other=list(decision.other),
        verdict=decision.verdict.value,
        **{name: getattr(decision, name) for name in _DECISION_FIELDS},
    )


def _decision(row: models.LinkDecision) -> LinkDecision:
    return LinkDecision(
        one=tuple(row.one),
        other=tuple(row.other),
        verdict=Verdict(row.verdict),
        ended_as=Ending(row.ended_as) if row.ended_as else None,
        **{name: getattr(row, name) for name in _DECISION_FIELDS},
    )


def _entries(study_id: str) -> QuerySet[models.LedgerEntry]:
    return models.LedgerEntry.objects.filter(study=study_id).order_by("number")


def _entry_row(entry: Entry) -> tuple[str | int, ...]:
    detail = canonical_bytes(entry.detail).decode()
    return (entry.study, entry.number, entry.on.isoformat(), entry.at, entry.actor, entry.action,
            detail, entry.salt, entry.previous, entry.hash)  # fmt: skip


def _entry(row: models.LedgerEntry) -> Entry:
    return Entry(**{name: getattr(row, name) for name in _ENTRY_FIELDS})


def _record(row: models.Study) -> StudyRecord:
    changes = list(row.stage_changes.order_by("id"))
    approval = row.approvals.order_by("id").last()
    layers = row.layers.filter(superseded_at__isnull=True).order_by("id")
    return StudyRecord(
        study_id=str(row.id),
        home=Path(row.home),
        declared=from_tables(row.declared),
        created_on=row.created_on,
        created_by=row.created_by,
        stage=Stage(changes[-1].after),
        started=next((one.on for one in changes if one.after == Stage.RUNNING.value), None),
        approval=_approval(approval) if approval else None,
        extensions=tuple(_extension(one) for one in row.extensions.order_by("id")),
        layers={one.name: _layer(one) for one in layers},
        restrictions=tuple(_restriction(one) for one in row.restrictions.order_by("id")),
        keys_destroyed_on=row.keys_destroyed_on,
        decisions=tuple(_decision(one) for one in _decisions_in_force(str(row.id))),
    )


def _approval(row: models.Approval) -> Approval:
    return Approval(
        dpia=row.dpia,
        agreement=row.agreement,
        notice=row.notice,
        notice_published=row.notice_published,
        objection_until=row.objection_until,
        lawful_basis=row.lawful_basis,
        by=row.by,
        on=row.on,
        governed_digest=row.governed_digest,
        study=from_tables(row.declared),
    )


def _extension(row: models.Extension) -> Extension:
    return Extension(row.until, row.reason, row.notice, row.by, row.on)


def _layer(row: models.Layer) -> LayerRow:
    return LayerRow(**{name: getattr(row, name) for name in _LAYER_FIELDS})


def _restriction(row: models.Restriction) -> Restriction:
    return Restriction(**{name: getattr(row, name) for name in _RESTRICTION_FIELDS})
