"""A step's key changes with what the step depends on, and with nothing else."""

from dataclasses import replace

import pytest

from casescope.identified.pipeline import STEPS
from casescope.vault.sql import parameters_of
from casescope.vault.steps import Step, source_digest, step_key

STEP = Step("b", "identified", ("a",), ("gap_days",), ("casescope.vault",), lambda *_: None)
UPSTREAM = {"a": "key of a", "z": "key of z"}
FACTS = {"gap_days": 1, "age_min": 16, "restrictions": [""]}
KEY = step_key(STEP, UPSTREAM, FACTS)


@pytest.mark.parametrize(
    ("upstream", "facts"),
    [({**UPSTREAM, "a": "another"}, FACTS), (UPSTREAM, {**FACTS, "gap_days": 2})],
)
def test_it_changes_with_what_the_step_reads_and_uses(upstream, facts):
    assert step_key(STEP, upstream, facts) != KEY


@pytest.mark.parametrize(
    ("upstream", "facts"),
    [({**UPSTREAM, "z": "another"}, FACTS), (UPSTREAM, {**FACTS, "age_min": 17})],
)
def test_it_does_not_change_with_anything_else(upstream, facts):
    assert step_key(STEP, upstream, facts) == KEY


def test_it_changes_with_the_sources_and_the_name():
    assert step_key(replace(STEP, sources=("casescope.kernel",)), UPSTREAM, FACTS) != KEY
    assert step_key(replace(STEP, name="c"), UPSTREAM, FACTS) != KEY


def test_sources_are_every_python_and_sql_file(tmp_path, monkeypatch):
    package = tmp_path / "pretend_package"
    (package / "sub").mkdir(parents=True)
    for name in ("__init__.py", "sub/__init__.py", "sub/one.sql", "notes.md"):
        (package / name).write_text("# a")
    monkeypatch.syspath_prepend(tmp_path)
    found = source_digest.__wrapped__("pretend_package")
    (package / "notes.md").write_text("b")
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "x.py").write_text("b")
    assert source_digest.__wrapped__("pretend_package") == found
    (package / "sub" / "one.sql").write_text("b")
    assert source_digest.__wrapped__("pretend_package") != found


def test_steps_read_only_what_comes_before_them():
    made = {"extract"}
    for step in STEPS:
        assert set(step.reads) <= made, step.name
        made.add(step.name)


def test_a_restriction_reaches_every_step_but_the_id_map():
    """Each later step uses the list, or reads a layer that was made with it.

    Links compare records before anybody is withheld: who she is must be known to withhold her.
    """
    touched: set[str] = set()
    for step in STEPS:
        if "restrictions" in step.uses or touched & set(step.reads):
            touched.add(step.name)
    assert {step.name for step in STEPS} - touched == {"identities", "links"}


def test_only_the_id_map_remembers():
    assert [step.name for step in STEPS if step.keeps] == ["identities"]


def test_only_the_dataset_is_of_the_analysis_wing():
    assert [step.name for step in STEPS if step.wing == "analysis"] == ["dataset"]


def test_parameters_are_found_in_sql():
    assert parameters_of("SELECT $one, $two_more WHERE x = $one") == {"one", "two_more"}
