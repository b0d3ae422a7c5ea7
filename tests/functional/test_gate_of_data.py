"""What the gate refuses of the commands that work on data; every refusal one sentence, recorded."""

from datetime import timedelta

import pytest

from casescope.actions.checking.cohort import cohort
from casescope.actions.checking.quality import quality
from casescope.actions.data.load import load
from casescope.actions.data.restrict import restrict
from casescope.actions.data.run import run
from casescope.actions.report.findings import findings
from casescope.actions.report.report import report
from casescope.actions.study.study import approve, close, create, extend, show
from casescope.governance.roles import Actor
from casescope.kernel.dates import add_months
from casescope.kernel.errors import Busy, NotAllowed, NotFound
from casescope.kernel.progress import Silent
from casescope.vault.keys import KeyRing
from casescope.vault.layers import Vault
from tests.functional.place import ME, TODAY, outputs, stated

EVE = Actor("eve")
LAST_DAY = add_months(TODAY, 3)
DATA = {
    "load": lambda home, extract, **who: load(home, [extract], **who),
    "run": lambda home, _, **who: run(home, **who),
    "quality": lambda home, _, **who: quality(home, **who),
    "cohort": lambda home, _, **who: cohort(home, reason="a test", **who),
    "findings": lambda home, _, **who: findings(home, **who),
    "exact findings": lambda home, _, **who: findings(home, exact=True, **who),
    "report": lambda home, _, **who: report(home, **who),
}


def refused(action, home, extract, match, *, actor=ME, today=TODAY) -> None:
    with pytest.raises(NotAllowed, match=match):
        DATA[action](home, extract, actor=actor, today=today)


def test_nothing_before_approval(empty, truth, extract):
    empty.root.mkdir(parents=True)
    given = empty.root / "given.toml"
    given.write_text(stated(truth), encoding="utf-8")
    create(empty.home, from_file=given, actor=ME, today=TODAY)
    for action in DATA:
        refused(action, empty.home, extract, "while the study is a draft")
    assert not (empty.home / "vault").exists()


def test_nothing_is_read_before_a_load(begun, extract):
    for action in DATA.keys() - {"load"}:
        refused(action, begun.home, extract, "approved but not begun")


def test_nothing_after_the_last_day(study, extract):
    assert str(show(study.home, actor=ME, today=TODAY)["ends_on"]) == LAST_DAY.isoformat()
    before = study.layers()
    for action in DATA:
        refused(action, study.home, extract, f"The study ended on {LAST_DAY.day} ",
                today=LAST_DAY + timedelta(days=1))  # fmt: skip
    assert study.layers() == before


def test_the_last_day_itself_counts(study):
    assert run(study.home, actor=ME, today=LAST_DAY)


def test_after_the_end_people_can_still_be_protected(study, truth):
    late = LAST_DAY + timedelta(days=1)
    person = truth["women"][0]["person_ids"][0]
    assert restrict(study.home, person, ground="objection", actor=ME, today=late) >= 1
    close(study.home, actor=ME, today=late)
    assert not KeyRing.default().has(study.study_id)


def test_nothing_while_the_clock_is_set_back(study, extract):
    for action in DATA:
        refused(action, study.home, extract, "clock says", today=TODAY - timedelta(days=1))


def test_nothing_by_somebody_without_the_role(study, extract):
    for action in DATA:
        refused(action, study.home, extract, "eve does not hold", actor=EVE)


def test_roles_edited_after_approval_open_nothing(study, extract):
    path = study.home / "study.toml"
    text = path.read_text(encoding="utf-8")
    assert f'analyst = ["{ME.name}"]' in text
    path.write_text(
        text.replace(f'analyst = ["{ME.name}"]', f'analyst = ["{ME.name}", "eve"]'),
        encoding="utf-8",
    )
    for action in DATA:
        refused(action, study.home, extract, "eve does not hold", actor=EVE)
        refused(action, study.home, extract, r"\[roles\] changed since approval")


def test_a_parameter_may_change_and_makes_the_steps_stale(study):
    path = study.home / "study.toml"
    text = path.read_text(encoding="utf-8")
    assert "lookback_years = 5" in text
    path.write_text(text.replace("lookback_years = 5", "lookback_years = 1"), encoding="utf-8")
    said = run(study.home, actor=ME, today=TODAY)
    assert said["removals"] == "unchanged"
    assert said["cohort"] == "done"


def test_extending_takes_the_officer(empty, truth, extract):
    empty.root.mkdir(parents=True)
    given = empty.root / "given.toml"
    given.write_text(stated(truth).replace(f'dpo = ["{ME.name}"]', 'dpo = ["dee"]'))
    create(empty.home, from_file=given, actor=ME, today=TODAY)
    approve(empty.home, dpia="D", agreement="A", notice="N", basis="B", actor=ME, today=TODAY)
    load(empty.home, [extract], actor=ME, today=TODAY)
    how = {
        "until": LAST_DAY + timedelta(days=30),
        "reason": "late returns",
        "notice": "N2",
        "today": TODAY,
    }
    with pytest.raises(NotAllowed, match="data protection officer"):
        extend(empty.home, actor=ME, **how)
    extend(empty.home, actor=Actor("dee"), **how)
    assert run(empty.home, actor=ME, today=LAST_DAY + timedelta(days=30))


@pytest.mark.parametrize("action", ["load", "run", "restrict"])
def test_two_writers_at_once(study, extract, truth, action):
    path = study.home / "study.toml"  # so that there is something to run
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lookback_years = 5", "lookback_years = 4"), encoding="utf-8")
    person = truth["women"][0]["person_ids"][0]
    words = {
        "load": ("load", study.home, extract),
        "run": ("run", study.home),
        "restrict": ("restrict", study.home, person, "--ground", "objection"),
    }
    before = study.layers()
    with Vault(study.home, study.study_id, KeyRing.default()).writing():
        code, said = study.refuse(*words[action])
    assert code == Busy.exit_code == 31
    assert "Another casescope process is writing" in said
    assert study.layers() == before


def test_closing_while_another_writes_is_refused_and_keeps_the_keys(study):
    vault = Vault(study.home, study.study_id, KeyRing.default())
    with vault.writing(), pytest.raises(Busy):
        close(study.home, actor=ME, today=TODAY)
    assert vault.keys.has(study.study_id)
    assert show(study.home, actor=ME, today=TODAY)["stage"] == "running"


class Meanwhile(Silent):
    """Does something once, when a piece of work begins."""

    def __init__(self, act):
        self.act = act

    def start(self, label: str) -> None:  # noqa: ARG002 — the protocol's signature
        act, self.act = self.act, None
        if act:
            act()


def test_a_run_goes_on_from_what_another_wrote_before_its_turn(study, monkeypatch, truth):
    """Between the gate and the writer's place, another process registered and restricted."""
    path = study.home / "study.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lookback_years = 5", "lookback_years = 4"), encoding="utf-8")
    writing = Vault.writing
    person = truth["women"][0]["person_ids"][0]

    def late(vault, patience=0):
        monkeypatch.setattr(Vault, "writing", writing)
        for one in (person, "somebody new"):
            restrict(study.home, one, ground="objection", actor=ME, today=TODAY)
        return writing(vault, patience)

    monkeypatch.setattr(Vault, "writing", late)
    run(study.home, actor=ME, today=TODAY)
    assert set(study.layers().values()) <= study.files()
    found = outputs(study, with_report=False)
    assert next(line["women"] for line in found["cohort broad"]["flow"]
                if line["step"] == "withheld") == 1  # fmt: skip


def test_a_load_sweeps_nothing_that_another_wrote_before_its_turn(study, extract, monkeypatch):
    writing = Vault.writing

    def late(vault, patience=0):
        monkeypatch.setattr(Vault, "writing", writing)
        restrict(study.home, "somebody new", ground="objection", actor=ME, today=TODAY)
        return writing(vault, patience)

    monkeypatch.setattr(Vault, "writing", late)
    load(study.home, [extract], actor=ME, today=TODAY)
    assert set(study.layers().values()) <= study.files()


def test_a_restriction_recorded_while_a_step_runs_stops_it(study, extract, truth):
    load(study.home, [extract], actor=ME, today=TODAY)
    path = study.home / "study.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lookback_years = 5", "lookback_years = 4"), encoding="utf-8")
    from casescope.governance.restrictions import Restriction
    from casescope.register import open_register

    def meanwhile():  # as another process would, whose restriction needs no layer
        register = open_register()
        with register.transaction():
            register.restrict(study.study_id, Restriction("abc", "objection", TODAY, "bob"))

    with pytest.raises(Busy, match="A restriction was recorded"):
        run(study.home, actor=ME, today=TODAY, progress=Meanwhile(meanwhile))
    assert run(study.home, actor=ME, today=TODAY)["cohort"] == "done"


def test_a_failed_load_leaves_the_extract_as_it_was(study, tmp_path):
    before = study.layers()
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "a.csv").write_text("pers_person_id,pers_dob\n1,2001-01-01\n2,2001-01-01,3\n")
    code, said = study.refuse("load", study.home, bad)
    assert code == 10
    assert "bad/a.csv, row 3: 3 values where the header has 2 columns." in said
    assert study.layers() == before
    assert study.files() == set(before.values())
    assert study.ask("run", study.home) == dict.fromkeys(study.layers().keys() - {"extract"},
                                                         "unchanged")  # fmt: skip


def test_a_load_of_no_folder_begins_nothing(begun, tmp_path):
    with pytest.raises(NotFound, match="There is no folder"):
        load(begun.home, [tmp_path / "nowhere"], actor=ME, today=TODAY)
    assert show(begun.home, actor=ME, today=TODAY)["stage"] == "approved"
