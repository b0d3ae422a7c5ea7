"""study.toml: written so that it explains itself, read so that every fault is told at once."""

import tomllib
from dataclasses import fields, replace
from datetime import date

import pytest

from casescope.governance.roles import Actor, Roles
from casescope.governance.study_file.exchange_lines import ExchangeLines
from casescope.governance.study_file.fields import FIELDS
from casescope.governance.study_file.look_lines import LookLines
from casescope.governance.study_file.parameters import PARAMETERS, Parameters
from casescope.governance.study_file.storage_lines import StorageLines
from casescope.governance.study_file.study import (
    Notice,
    Study,
    changed_tables,
    from_tables,
    read_study,
)
from casescope.governance.study_file.value import CostLines, ValueLines
from casescope.governance.study_file.writing import new_study_file
from casescope.kernel.canonical import digest
from casescope.kernel.errors import StudyFileRefused

TODAY = date(2026, 11, 2)
MINIMAL = """
[study]
name = "Scoping"
authority = "Somewhere"
partner = "Pause"
purpose = "To know."
reference_date = 2026-10-31
[roles]
analyst = ["a.analyst"]
approver = ["b.boss"]
"""


def refusal(text: str) -> str:
    with pytest.raises(StudyFileRefused) as caught:
        read_study(text)
    return caught.value.sentence


def with_line(line: str, table: str = "parameters") -> str:
    return f"{MINIMAL}\n[{table}]\n{line}\n"


# written


def test_a_new_study_can_be_approved_and_run_by_one_person_without_editing():
    study = read_study(new_study_file(TODAY, Actor("jo")))
    assert study.reference_date == TODAY
    assert study.roles == Roles(analyst=("jo",), approver=("jo",), dpo=(), director=())
    assert study.parameters == Parameters()
    assert (study.linkage, study.disclosure_rules, study.notice) == (
        "lenient", "opensafely", Notice(),
    )  # fmt: skip


def test_every_line_is_there_and_explained():
    lines = new_study_file(TODAY, Actor("jo")).splitlines()
    for field in FIELDS:
        written = [
            number
            for number, line in enumerate(lines)
            if line.startswith((f"{field.name} = ", f"# {field.name} = "))
        ]
        assert len(written) == 1, field.name
        assert lines[written[0] - 1].startswith("# "), field.name


def test_only_what_has_no_default_is_an_example():
    text = new_study_file(TODAY, Actor("jo"))
    examples = {line.split(" ")[1] for line in text.splitlines() if "# " in line and " = " in line}
    assert examples == {field.name for field in FIELDS if field.default is None and field.example}
    assert examples >= {"end_date", "published", "observation_start", "take_up", "pathways"}


def test_the_examples_can_be_uncommented():
    text = new_study_file(TODAY, Actor("jo"))
    for name in ("published", "observation_start", "take_up", "effect", "effect_after",
                 "deferred", "pathways", "published_rate", "base_year", "proceedings"):  # fmt: skip
        text = text.replace(f"# {name} = ", f"{name} = ")
    study = read_study(text)
    assert study.notice.published is not None
    assert study.parameters.observation_start is not None
    assert study.value.pathways is not None
    assert study.value.take_up == (0.65,)


def test_every_field_of_a_study_is_a_line_of_the_file():
    nested = {"notice", "roles", "exchange", "storage", "parameters", "value", "costs",
              "report"}  # fmt: skip
    held = {
        "study": {f.name for f in fields(Study)} - nested,
        "notice": {f.name for f in fields(Notice)},
        "roles": {f.name for f in fields(Roles)},
        "exchange": {f.name for f in fields(ExchangeLines)},
        "storage": {f.name for f in fields(StorageLines)},
        "parameters": {f.name for f in fields(Parameters)},
        "value": {f.name for f in fields(ValueLines)},
        "costs": {f.name for f in fields(CostLines)},
        "report": {f.name for f in fields(LookLines)},
    }
    written: dict[str, set[str]] = {table: set() for table in held}
    for field in FIELDS:
        written[field.table].add(field.name)
    assert written == held
    assert len({field.name for field in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize(
    "name",
    [
        'Say "hello"',
        "C:\\council\\new",
        "Sir y Fflint – Cyngor",
        "tab\there",
        "del\x7f",
        "#1 = [x]",
    ],
)
def test_what_another_file_states_is_kept(name):
    given = new_study_file(TODAY, Actor("jo")).replace(
        'name = "Scoping exercise"', "name = " + repr_toml(name)
    )
    again = new_study_file(date(2027, 1, 1), Actor("someone.else"), given)
    assert read_study(again) == read_study(given)
    assert read_study(again).name == " ".join(name.split())


def repr_toml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"'


def test_part_of_a_file_is_enough_to_begin_from():
    study = read_study(new_study_file(TODAY, Actor("jo"), "lookback_years = 7\n"))
    assert study.parameters == Parameters(lookback_years=7)
    assert study.roles.approver == ("jo",)


def test_a_fault_in_the_file_to_begin_from_is_refused():
    with pytest.raises(StudyFileRefused, match="did you mean lookback_years"):
        new_study_file(TODAY, Actor("jo"), "lookback_year = 7\n")


def test_a_study_survives_being_kept_as_json_values():
    study = read_study(with_line("observation_start = 2010-04-01\nage_min = 14"))
    assert from_tables(study.as_tables()) == study


# read


def test_what_is_left_out_has_its_default():
    study = read_study(MINIMAL)
    assert study.parameters == Parameters()
    assert study.notice == Notice()
    assert study.end_date is None


def test_every_fault_is_told_at_once():
    sentence = refusal(
        """
        colour = "red"
        [study]
        name = ""
        authority = 7
        partner = "Pause"
        purpose = "To know."
        reference_date = "soon"
        linkage = "fuzzy"
        [roles]
        analyst = "a.analyst"
        approvers = ["x"]
        [parameters]
        age_min = 50
        age_max = 40
        """
    )
    for part in (
        "colour is unknown",
        "study.name must not be empty",
        "study.authority must be text",
        "study.reference_date must be a day",
        "study.linkage must be",
        "roles.analyst must be a list",
        "roles.approvers is unknown; did you mean approver?",
        "roles.approver must not be empty",
        "parameters.age_min must not be above parameters.age_max",
    ):
        assert part in sentence
    assert sentence.startswith("study.toml has 9 faults: ")


def test_a_refusal_names_no_value():
    sentence = refusal(MINIMAL.replace("2026-10-31", '"Mary Smith"').replace('"Pause"', "99731"))
    assert "Mary" not in sentence
    assert "99731" not in sentence


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_keep_to_their_bounds(name):
    bounds = PARAMETERS[name]
    rest = {
        "age_min": "age_max = 60",
        "age_max": "age_min = 10",
        "review_low": "link_threshold = 1.0",
    }
    rest = rest.get(name, "")
    for value in (bounds.least, bounds.most):
        study = read_study(with_line(f"{name} = {value}\n{rest}"))
        assert getattr(study.parameters, name) == value
    for value in (bounds.least - 1, bounds.most + 1):
        assert f"parameters.{name} must lie between" in refusal(with_line(f"{name} = {value}"))


@pytest.mark.parametrize("value", ["true", '"5"', "5.0", "[5]", "2026-01-01"])
def test_a_parameter_is_a_whole_number(value):
    assert "parameters.gap_days must be a whole number" in refusal(with_line(f"gap_days = {value}"))


@pytest.mark.parametrize(
    "text",
    [
        "lookback_years = 6\n" + MINIMAL,
        MINIMAL.replace("[roles]", "lookback_years = 6\n[roles]"),
        MINIMAL + "lookback_years = 6\n",
        with_line("lookback_years = 6", "notice"),
        with_line("lookback_years = 6"),
    ],
)
def test_a_parameter_may_stand_anywhere(text):
    assert read_study(text).parameters.lookback_years == 6


@pytest.mark.parametrize("table", ["", "[study]\n", "[parameters]\n", "[notice]\n"])
@pytest.mark.parametrize("day", ["2026-09-30", '"2026-09-30"'])
def test_the_reference_date_may_stand_anywhere_as_date_or_text(table, day):
    rest = MINIMAL.replace("reference_date = 2026-10-31\n", "")
    text = f"{table}reference_date = {day}\n"
    text = rest.replace("[study]\n", text) if table == "[study]\n" else (
        text + rest if not table else rest + text
    )  # fmt: skip
    assert read_study(text).reference_date == date(2026, 9, 30)


def test_a_value_given_twice_is_refused():
    assert "parameters.age_min is given twice" in refusal(
        "age_min = 15\n" + with_line("age_min=16")
    )


def test_other_lines_belong_in_their_table():
    assert "dpo is unknown; it belongs under [roles]" in refusal('dpo = ["x"]\n' + MINIMAL)


@pytest.mark.parametrize(
    ("reference", "end", "good"),
    [("2026-10-31", "2026-10-31", True), ("2026-10-31", "2026-10-30", False)],
)
def test_the_end_is_not_before_the_reference_date(reference, end, good):
    text = MINIMAL.replace("[roles]", f"end_date = {end}\n[roles]")
    if good:
        assert read_study(text).end_date == date.fromisoformat(end)
    else:
        assert "study.end_date must not be before" in refusal(text)


@pytest.mark.parametrize(("start", "good"), [("2026-10-30", True), ("2026-10-31", False)])
def test_observation_starts_before_the_reference_date(start, good):
    text = with_line(f"observation_start = {start}")
    if good:
        assert read_study(text).parameters.observation_start == date.fromisoformat(start)
    else:
        assert "parameters.observation_start must not be on or after" in refusal(text)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('linkage = "fuzzy"', "study.linkage must be"),
        ('disclosure_rules = "working"', "study.disclosure_rules must be opensafely or hes or"),
        ("disclosure_rules = 5", "study.disclosure_rules must be opensafely"),
        ("risk_floor = 2", "study.risk_floor must lie between 3 and 50"),
    ],
)
def test_choices_that_are_not_offered_are_refused_plainly(line, fault):
    assert fault in refusal(MINIMAL.replace("[roles]", f"{line}\n[roles]"))


def test_a_time_is_not_a_day():
    assert "must be a day" in refusal(MINIMAL.replace("2026-10-31", "2026-10-31T00:00:00Z"))


def test_what_is_not_toml_is_refused_with_its_line():
    assert "line 3" in refusal("[study]\nname = 'x'\nauthority = \n")


def test_a_byte_order_mark_does_no_harm():
    assert read_study("\ufeff" + MINIMAL) == read_study(MINIMAL)


# governed lines


def test_parameters_and_reference_date_are_free_after_approval():
    study = read_study(MINIMAL)
    other = replace(
        study, reference_date=date(2020, 1, 1), parameters=Parameters(gap_days=3, age_max=50)
    )
    assert other.governed_digest() == study.governed_digest()
    assert changed_tables(study, other) == ()


CHANGES = {
    "name": ("study", "Other"),
    "authority": ("study", "Other"),
    "authority_names": ("study", ("Other",)),
    "partner": ("study", "Other"),
    "purpose": ("study", "Other"),
    "lawful_basis": ("study", "Other"),
    "end_date": ("study", date(2026, 12, 1)),
    "linkage": ("study", "other"),
    "disclosure_rules": ("study", "other"),
    "risk_floor": ("study", 5),
    "reference": ("notice", "Other"),
    "published": ("notice", date(2026, 9, 1)),
    "objection_days": ("notice", 7),
    "analyst": ("roles", ("other",)),
    "approver": ("roles", ("other",)),
    "dpo": ("roles", ("other",)),
    "director": ("roles", ("other",)),
    "reviewer": ("roles", ("other 0000-0000-0000-0000-0000-0000-0000-0001",)),
    "lease_mode": ("exchange", "week"),
    "stored_in": ("storage", ("County Hall",)),
    "processed_in": ("storage", ("County Hall",)),
    "storage_urls": ("storage", ("s3://bucket eu-west-2",)),
    "confirmed_regions": ("storage", ("aws eu-west-2",)),
    "declared_places": ("storage", ("/srv/share",)),
    "lease_hours": ("exchange", 8),
}


def test_every_governed_line_is_in_the_list_of_changes():
    assert {field.name for field in FIELDS if field.governed} == set(CHANGES)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_any_other_line_is_seen(name):
    study = read_study(MINIMAL)
    table, value = CHANGES[name]
    if table == "study":
        other = replace(study, **{name: value})
    else:
        other = replace(study, **{table: replace(getattr(study, table), **{name: value})})
    assert other.governed_digest() != study.governed_digest()
    assert changed_tables(study, other) == (table,)


def test_lines_that_came_later_leave_the_digest_of_earlier_approvals_alone():
    """The digest of this study before there was any table of these, as an approval holds it."""
    study = read_study(MINIMAL)
    later = ("exchange", "storage")
    before = {table: lines for table, lines in study.governed().items() if table not in later}
    assert study.governed_digest() == digest(before)
    stated = read_study(MINIMAL + '\n[exchange]\nlease_mode = "session"\nlease_hours = 24\n'
                        "\n[storage]\nstored_in = []\ndeclared_places = []\n")  # fmt: skip
    assert stated.governed_digest() == study.governed_digest()
    assert changed_tables(study, stated) == ()


@pytest.mark.parametrize(
    ("mode", "hours", "fine"), [("session", 24, True), ("session", 25, False), ("week", 168, True)]
)
def test_a_sitting_lasts_a_day_at_most(mode, hours, fine):
    lines = f'\n[exchange]\nlease_mode = "{mode}"\nlease_hours = {hours}\n'
    if fine:
        assert read_study(MINIMAL + lines).exchange == ExchangeLines(mode, hours)
    else:
        assert "must not be above 24" in refusal(MINIMAL + lines)


def test_a_study_kept_before_there_was_a_later_line_is_read_with_its_default():
    kept = {name: lines for name, lines in read_study(MINIMAL).as_tables().items()
            if name != "exchange"}  # fmt: skip
    assert from_tables(kept).exchange == ExchangeLines("session", 24)


def test_the_written_file_is_toml_in_utf8():
    tomllib.loads(new_study_file(TODAY, Actor("jo")).encode("utf-8").decode("utf-8"))


# what a practice would add


def test_a_file_without_the_value_model_still_loads():
    study = read_study(MINIMAL)
    assert (study.value, study.costs) == (ValueLines(), CostLines())
    assert study.value.take_up is None


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ("value", "take_up = 1.2", "take_up must be one share, or three, each between 0 and 1"),
        ("value", "take_up = [0.5, 0.6, 0.7]", "must have its mean first, inside its range"),
        ("value", 'deferred = [0.5, 0.001, 0.999]\neffect = "half"', "must be a share like"),
        ("value", "effect = [0.03, 0.01, 0.9]", "has a range too wide for a share"),
        ("value", "effect = 0.3\neffect_after = 0.4", "must not be above value.effect"),
        ("value", "practice_cost = [3, 2, 1]", "in rising order"),
        ("value", 'practice_cost_year = "2018"', 'must be a financial year like "2017-18"'),
        ("value", 'base_year = "2018-20"', 'must be a financial year like "2017-18"'),
        ("value", 'deflators = ["2016-17: 80"]', "the level of a price index"),
        ("value", 'pathways = ["under 1 | 60% | foster 60 | adoption"]', "must add up to 100%"),
        ("value", 'pathways = ["under 1 | 100% | residential 6 | home"]', "a residential place"),
        ("value", 'pathways = ["under 1 | 100% | foster | home"]', "needs weeks after each"),
        ("value", 'rate_source = "published"', "value.published_rate must be given"),
        ("value", "saving = 100", "saving is unknown"),
        ("costs", "foster_week = 646", "must be pounds and price year"),
        ("costs", 'foster_week = "646"', "must be pounds and price year"),
        ("costs", 'cashable = ["love"]', "must be one of foster_week"),
    ],
)
def test_what_the_model_cannot_use_is_refused_with_a_sentence(table, line, words):
    assert words in refusal(with_line(line, table))
