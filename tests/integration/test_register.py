"""The register: made on first use, whole or not at all, every field accounted for."""

import os
import stat
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from casescope.actions.study import study as studies
from casescope.governance.restrictions import Restriction
from casescope.governance.study_file.study import Study
from casescope.kernel.errors import NotAllowed, NotBuiltYet, NotFound, VaultRefused
from casescope.register import open_register
from tests.integration.people import BOB, TODAY

STUDY = Study("Scoping", "Somewhere", "Pause", "To know.", date(2026, 10, 31))


@pytest.fixture
def study_id(place) -> str:
    register, new = open_register(), str(uuid4())
    register.add_study(new, place.home, replace(STUDY, roles=_roles()), by="bob", on=TODAY)
    return new


def _roles():
    from casescope.governance.roles import Roles

    return Roles(analyst=("ann",), approver=("bob",))


def test_every_field_of_every_model_is_classified(place):
    open_register()
    from django.apps import apps

    for model in apps.get_app_config("register").get_models():
        names = {field.name for field in model._meta.get_fields() if field.concrete}
        assert set(model.PRIVACY) == names, (
            f"say in {model.__name__}.PRIVACY what these hold: {names ^ set(model.PRIVACY)}"
        )


def test_only_restrictions_decisions_and_holds_hold_ids_of_women_and_children(place):
    open_register()
    from django.apps import apps

    from casescope.register.models import Holds

    held = {
        (model.__name__, name)
        for model in apps.get_app_config("register").get_models()
        for name, holds in model.PRIVACY.items()
        if holds is Holds.SUBJECT
    }
    assert held == {
        ("Hold", "subjects"),
        ("Restriction", "subject_id"),
        ("LinkDecision", "pair"),
        ("LinkDecision", "one"),
        ("LinkDecision", "other"),
        ("SampledPair", "pair"),
    }


def test_the_ledger_has_no_foreign_keys(place):
    open_register()
    from casescope.register.models import LedgerEntry

    assert not [field for field in LedgerEntry._meta.get_fields() if field.is_relation]


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_the_folder_is_for_its_user_alone(unused_place):
    open_register()
    assert stat.S_IMODE(unused_place.state.stat().st_mode) == 0o700


def test_the_file_is_in_wal_mode_and_transactions_take_the_lock_at_once(unused_place):
    open_register()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_another_folder_is_another_register(place, study_id):
    assert open_register().study_ids() == (study_id,)
    assert open_register(place.root / "other").study_ids() == ()
    assert open_register().study_ids() == (study_id,)


def test_postgresql_is_refused_plainly(unused_place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere")
    with pytest.raises(NotBuiltYet, match="PostgreSQL"):
        open_register()


def test_a_file_in_the_place_of_the_folder_is_refused(unused_place):
    unused_place.state.write_text("")
    with pytest.raises(VaultRefused, match="cannot be opened"):
        open_register()


def test_a_damaged_register_is_refused(unused_place):
    unused_place.state.mkdir()
    (unused_place.state / "register.sqlite3").write_bytes(b"not a database, but long enough" * 40)
    with pytest.raises(VaultRefused, match="cannot be opened"):
        open_register()


def test_a_register_of_a_newer_version_is_refused(place):
    open_register()
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_applied("register", "0999_from_the_future")
    with pytest.raises(NotAllowed, match="newer version"):
        open_register()


def test_what_is_not_there_is_not_found(place):
    register = open_register()
    for study_id in (str(uuid4()), "not an id"):
        with pytest.raises(NotFound):
            register.study(study_id)


def test_a_person_is_restricted_once_at_a_time(study_id):
    register = open_register()
    restriction = Restriction("s1", "accuracy", on=TODAY, by="ann")
    register.restrict(study_id, restriction)
    with pytest.raises(NotAllowed, match="already restricted"):
        register.restrict(study_id, restriction)
    register.lift(study_id, "s1", on=TODAY, by="bob", reason="checked", told_on=TODAY)
    with pytest.raises(NotFound, match="No restriction"):
        register.lift(study_id, "s1", on=TODAY, by="bob", reason="checked", told_on=TODAY)
    register.restrict(study_id, restriction)
    kept = register.study(study_id).restrictions
    assert [one.lifted_on for one in kept] == [TODAY, None]
    assert kept[1] == restriction


@pytest.mark.parametrize(
    "half",
    [
        {"lifted_on": TODAY},
        {"lifted_by": "bob"},
        {"lifted_reason": "checked"},
        {"told_on": TODAY},
        {"lifted_on": TODAY, "lifted_by": "bob", "lifted_reason": "checked"},
        {"lifted_on": TODAY, "lifted_by": "bob", "told_on": TODAY},
        {"lifted_on": TODAY, "lifted_reason": "checked", "told_on": TODAY},
    ],
)
def test_a_restriction_is_lifted_whole_or_not_at_all(study_id, half):
    from django.db import IntegrityError, transaction

    from casescope.register.models import Restriction as Row

    open_register().restrict(study_id, Restriction("s1", "accuracy", on=TODAY, by="ann"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.update(**half)


def test_an_approval_without_a_reference_cannot_be_kept(place):
    studies.create(place.home, actor=BOB, today=TODAY)
    place.state_where()
    studies.approve(
        place.home, dpia="D", agreement="A", notice="N", basis="B", actor=BOB, today=TODAY
    )
    from django.db import IntegrityError, transaction

    from casescope.register.models import Approval

    for name in ("dpia", "agreement", "notice", "lawful_basis"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.update(**{name: ""})


def test_an_approval_comes_back_as_it_was_given(place):
    studies.create(place.home, actor=BOB, today=TODAY)
    place.state_where()
    given = studies.approve(
        place.home, dpia="D", agreement="A", notice="N", basis="B",
        notice_published=date(2026, 10, 1), objection_days=14, actor=BOB, today=TODAY,
    )  # fmt: skip
    register = open_register()
    assert register.study(register.study_ids()[0]).approval == given


def test_entries_are_added_with_every_field_of_theirs_and_come_back_as_they_were(study_id):
    import re
    from datetime import UTC, datetime

    from casescope.governance.record.ledger import Act
    from casescope.register.models import LedgerEntry
    from casescope.register.store import _ADD_ENTRY

    named = re.findall(r'"(\w+)"', _ADD_ENTRY)
    fields = [field.column for field in LedgerEntry._meta.get_fields() if field.column != "id"]
    assert sorted(named) == sorted(fields)
    assert LedgerEntry._meta.db_table in _ADD_ENTRY

    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    details = [{"who": "Zoë %s ? '", "n": [1, 2.5, None, True], "on": TODAY}, {}, "text", None]
    acts = [Act(TODAY, at, "ann", "run", detail) for detail in details]
    added = open_register().append_all(study_id, acts)
    assert open_register().entries(study_id) == tuple(added)
    held = LedgerEntry.objects.order_by("number").first()
    assert (held.on, held.detail["who"], held.detail["on"]) == (TODAY, "Zoë %s ? '", "2026-11-02")


def test_two_processes_never_write_the_same_entry(study_id):
    """The number is taken under the write lock, and the table refuses a second of its kind."""
    from django.db import IntegrityError, transaction

    from casescope.register.models import LedgerEntry

    register = open_register()
    from datetime import UTC, datetime

    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    entry = register.append(study_id, on=TODAY, at=at, actor="ann", action="run", detail={})
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(**vars(entry))
