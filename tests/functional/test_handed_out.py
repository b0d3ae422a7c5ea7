"""Files with names in them stay in the country, and no report is put there too late."""

import pytest

from casescope.actions.checking.cohort import cohort
from casescope.actions.checking.pairs_workbook import export
from casescope.actions.data.restrict import restrict
from casescope.actions.data.run import run
from casescope.actions.report import report as reporting
from casescope.actions.study.study import approve_working, show, withdraw_working
from casescope.actions.work.steps import vault_of
from casescope.governance.stages import Action
from casescope.kernel.errors import Busy, NotAllowed, PlaceRefused
from casescope.register import open_register
from tests.functional.pairs import TOLD
from tests.functional.permits import permit_of
from tests.functional.place import ME, TODAY
from tests.functional.test_leasing import approved_anew

WHO = {"actor": ME, "today": TODAY}


@pytest.fixture
def synced(tmp_path, monkeypatch):
    """A folder that OneDrive says it keeps in step."""
    folder = tmp_path / "Council documents"
    folder.mkdir()
    monkeypatch.setenv("OneDriveCommercial", str(folder))
    return folder


@pytest.mark.parametrize(("write", "name"), [(cohort, "women.csv"), (export, "pairs.xlsx")])
def test_no_list_with_names_is_put_into_a_synchronised_folder(linked, synced, write, name):
    file = synced / name
    with pytest.raises(PlaceRefused, match="synchronised by OneDrive"):
        write(linked.home, file=file, reason="a check", **TOLD)
    assert not list(synced.iterdir())
    last = open_register().entries(linked.study_id)[-1]
    assert last.detail == {"refused": "a place where data would lie was refused"}
    write(linked.home, file=synced.parent / name, reason="a check", **TOLD)


def test_whoever_restricts_brings_the_steps_up_to_date_and_sees_nobody(sent):
    """A data protection officer who is no analyst: what lacks her must not wait for one."""
    approved_anew(sent, f'analyst = ["{ME.name}"]', 'analyst = ["ann"]')
    place = sent.place
    assert set(run(place.home, **WHO).values()) == {"unchanged"}
    restrict(place.home, "nobody yet", ground="objection", **WHO)
    assert run(place.home, until="people", **WHO)["people"] == "done"
    with pytest.raises(NotAllowed, match="role of analyst"):
        cohort(place.home, reason="to look", **WHO)


def test_no_report_is_put_there_once_somebody_is_restricted(study, truth, monkeypatch):
    """The report was made before; it is not written after, for she would be counted in it."""
    person, whole, busy = truth["women"][0]["person_ids"][0], reporting.put, []

    def put(*words):
        try:
            restrict(study.home, person, ground="objection", **WHO)
        except Busy as refusal:
            busy.append(refusal)
        return whole(*words)

    monkeypatch.setattr(reporting, "put", put)
    reporting.report(study.home, edition="working", faces=("json",), **WHO)
    assert len(busy) == 1, "her restriction waits until the report is there to be removed"
    restrict(study.home, person, ground="objection", **WHO)
    assert not (study.home / "report" / "report.json").exists()


def test_leave_is_withdrawn_once_what_shows_small_counts_is_gone(study, monkeypatch):
    from casescope import report

    approve_working(study.home, reason="checked", **WHO)

    def full(_) -> None:
        raise OSError("the power went")

    being_put_there = vault_of(permit_of(study, Action.REPORT)).writing()
    with being_put_there, pytest.raises(Busy):
        withdraw_working(study.home, reason="the check is done", **WHO)
    monkeypatch.setattr(report, "remove", full)
    with pytest.raises(OSError, match="power"):
        withdraw_working(study.home, reason="the check is done", **WHO)
    assert show(study.home, **WHO)["small_counts"], "or a report would be left without leave"
