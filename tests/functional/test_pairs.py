"""The review of doubtful links: what is decided bites, survives, can be withdrawn, tells nobody."""

import json
import logging
import sqlite3
import subprocess
import sys

import pytest
from click.testing import CliRunner

from casescope.actions.checking.pairs import decide, look, waiting, withdraw
from casescope.actions.checking.pairs_standing import accuracy, standing
from casescope.actions.checking.pairs_workbook import export, take_in
from casescope.actions.checking.quality import quality
from casescope.actions.data.load import load
from casescope.actions.data.restrict import lift, restrict
from casescope.actions.data.run import run
from casescope.actions.report.findings import findings
from casescope.cli.context import Context
from casescope.cli.main import root
from casescope.governance.link_decisions import Verdict
from casescope.governance.roles import Actor
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.register import open_register
from tests.functional.pairs import (
    ABOVE,
    BELOW,
    BETWEEN,
    LINKS_DRAWN,
    NAMES,
    TOLD,
    WHY,
    at_once,
    joined,
    waits,
    women,
)
from tests.functional.place import ME, TODAY, Place

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


@pytest.fixture
def place(linked) -> Place:
    return linked


def subject(place: Place, *people: str) -> list[str]:
    """Return the subject ids of these records, as the waiting list names them."""
    ids = []
    for person in people:
        other = next(b if a == person else a for a, b in LINKS_DRAWN if person in (a, b))
        shown = look(place.home, person, other, **WHY, **TOLD)
        ids.append(shown["one"] if shown["first"]["records"] == [person] else shown["other"])
    return ids


def ledger(place: Place) -> list[dict]:
    return [{"action": one.action, **one.detail}
            for one in open_register().entries(place.study_id)]  # fmt: skip


def test_pairs_between_the_limits_wait_and_no_others(place):
    assert waits(place) == {frozenset(BETWEEN), frozenset(("m7", "m8")), frozenset(("m9", "m10"))}


def test_one_woman_under_lenient_and_two_under_strict_until_withdrawn(place):
    assert BETWEEN not in women(place, "lenient")
    decide(place.home, *BETWEEN, SAME, **TOLD)
    assert BETWEEN in women(place, "lenient")
    assert {("m1",), ("m2",)} <= women(place, "strict")
    assert frozenset(BETWEEN) not in waits(place)
    withdraw(place.home, *BETWEEN, reason="looked again", **TOLD)
    assert {("m1",), ("m2",)} <= women(place, "lenient")
    assert frozenset(BETWEEN) in waits(place)


def test_two_women_where_the_computer_saw_one(place):
    assert ABOVE in joined(place)
    decide(place.home, *ABOVE, DIFFERENT, **TOLD)
    assert {("m3",), ("m4",)} <= joined(place)


def test_one_woman_where_the_computer_saw_two_or_did_not_look(place):
    decide(place.home, *BELOW, SAME, **TOLD)
    decide(place.home, "m7", "m10", SAME, **TOLD)
    assert {BELOW, ("m10", "m7")} <= joined(place)


def test_an_answer_that_tells_nothing_changes_nothing_and_is_not_asked_again(place):
    before = joined(place)
    decide(place.home, *BETWEEN, UNSURE, **TOLD)
    assert joined(place) == before
    assert frozenset(BETWEEN) not in waits(place)
    assert len(waiting(place.home, unsure_again=True, **WHY, **TOLD)) == 3


def test_decisions_survive_reloads_and_runs(place):
    decide(place.home, *BETWEEN, SAME, **TOLD)
    load(place.home, [place.root / "extract"], **TOLD)
    run(place.home, **TOLD)
    assert BETWEEN in joined(place)
    assert standing(place.home, **TOLD)["decided"] == {"same": 1}


def test_a_decision_binds_all_her_records_so_it_outlives_one_that_goes(place):
    """m1 gets a second record, the pair is decided, then m1's first record leaves the extract."""
    person = place.root / "extract" / "person-person.csv"
    mother = place.root / "extract" / "mother-mother.csv"
    text, links = person.read_text(encoding="utf-8"), mother.read_text(encoding="utf-8")
    (first,) = [line for line in text.splitlines() if line.startswith("m1,")]
    second = first.replace("m1,", "n1,", 1)  # the same name and birth date: one woman
    person.write_text(text + second + "\n", encoding="utf-8")
    load(place.home, [place.root / "extract"], **TOLD)
    decide(place.home, *BETWEEN, SAME, **TOLD)
    assert ("m1", "m2", "n1") in joined(place)
    person.write_text(text.replace(first, second), encoding="utf-8")
    mother.write_text(links.replace("m1,", "n1,"), encoding="utf-8")
    load(place.home, [place.root / "extract"], **TOLD)
    assert ("m2", "n1") in joined(place)
    (told,) = standing(place.home, **TOLD)["decisions"]
    assert told["bears_on"] == "two women"


def test_who_and_when_and_what_became_of_it_is_kept(place):
    decide(place.home, *BETWEEN, SAME, why="the same children", how="terminal", **TOLD)
    said = decide(place.home, *reversed(BETWEEN), DIFFERENT, **TOLD)
    assert [(old["verdict"], old["by"]) for old in said["changed"]] == [("same", ME.name)]
    withdraw(place.home, *BETWEEN, reason="looked again", **TOLD)
    first, second = standing(place.home, **TOLD)["ended"]
    assert (first["verdict"], first["why"], first["by"], first["on"], first["ended_as"]) == (
        "same", "the same children", ME.name, TODAY, "changed",
    )  # fmt: skip
    assert (second["verdict"], second["ended_as"], second["ended_reason"]) == (
        "different", "withdrawn", "looked again",
    )  # fmt: skip
    told = [entry for entry in ledger(place) if entry["action"] in ("decide", "undecide")]
    assert [entry["did"]["decisions"] for entry in told] == [
        {first["decision"]: "same"}, {second["decision"]: "different"}, [second["decision"]],
    ]  # fmt: skip
    assert told[-1]["reason"] == "looked again"


def test_a_look_needs_a_reason_and_is_in_the_ledger_with_it(place):
    for action in (
        lambda **told: waiting(place.home, reason=" ", **told),
        lambda **told: look(place.home, *BETWEEN, reason="", **told),
        lambda **told: export(place.home, place.root / "p.xlsx", reason="", **told),
        lambda **told: withdraw(place.home, *BETWEEN, reason="", **told),
    ):
        with pytest.raises(NotAllowed, match="needs a reason"):
            action(**TOLD)
    look(place.home, *BETWEEN, reason="seven cases", **TOLD)
    *_, entry = ledger(place)
    assert (entry["action"], entry["did"], entry["reason"]) == (
        "review", {"pairs": 1}, "seven cases",
    )  # fmt: skip


def test_somebody_without_the_role_sees_and_decides_nothing(place):
    eve = {"actor": Actor("eve"), "today": TODAY}
    for action in (
        lambda: waiting(place.home, **WHY, **eve),
        lambda: look(place.home, *BETWEEN, **WHY, **eve),
        lambda: decide(place.home, *BETWEEN, SAME, **eve),
        lambda: withdraw(place.home, *BETWEEN, **WHY, **eve),
        lambda: export(place.home, place.root / "p.xlsx", **WHY, **eve),
        lambda: take_in(place.home, place.root / "p.xlsx", **eve),
        lambda: standing(place.home, **eve),
        lambda: accuracy(place.home, **eve),
    ):
        with pytest.raises(NotAllowed, match="eve does not hold"):
            action()
    assert not (place.root / "p.xlsx").exists()


@pytest.mark.parametrize(
    ("one", "other", "kind"), [("m1", "m1", NotAllowed), ("m1", "nobody", NotFound)]
)
def test_two_ids_that_are_not_two_women_are_refused(place, one, other, kind):
    with pytest.raises(kind):
        decide(place.home, one, other, SAME, **TOLD)


def test_a_reason_that_names_her_is_refused_and_nothing_is_recorded(place):
    for why in ("Xanthe's sister", "the peregrine children", "see m1 again xanthe", "1990-06-10"):
        with pytest.raises(NotAllowed, match="names somebody") as refusal:
            decide(place.home, *BETWEEN, SAME, why=why, **TOLD)
        assert "anthe" not in str(refusal.value)
    assert standing(place.home, **TOLD)["decisions"] == []


def test_nothing_is_withdrawn_that_was_not_decided(place):
    with pytest.raises(NotFound, match="No decision"):
        withdraw(place.home, *BETWEEN, **WHY, **TOLD)


# restriction


def test_a_restricted_woman_is_not_shown_and_her_decision_stays(place):
    one, other = subject(place, *BETWEEN)
    decide(place.home, *BETWEEN, SAME, **TOLD)
    restrict(place.home, "m9", ground="objection", **TOLD)
    restrict(place.home, "m1", ground="objection", **TOLD)
    assert look(place.home, "m9", "m10", **WHY, **TOLD) is None
    assert waits(place) == {frozenset(("m7", "m8"))}
    told = standing(place.home, **TOLD)
    assert (told["withheld"], told["decisions"], told["decided"]) == (1, [], {})
    assert one not in json.dumps(told, default=str)
    assert other not in json.dumps(told, default=str)
    for action in (
        lambda: decide(place.home, *BETWEEN, DIFFERENT, **TOLD),
        lambda: withdraw(place.home, *BETWEEN, **WHY, **TOLD),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            action()
    lift(place.home, "m1", reason="put right", told=TODAY, **TOLD)
    assert BETWEEN in joined(place), "it bites again"


def test_who_is_one_woman_with_her_is_restricted_with_her(place):
    decide(place.home, "m2", "m7", SAME, **TOLD)
    restrict(place.home, "m2", ground="objection", **TOLD)
    assert look(place.home, "m7", "m8", **WHY, **TOLD) is None
    assert waits(place) == {frozenset(("m9", "m10"))}


def test_restricted_between_two_looks(place):
    before = waiting(place.home, **WHY, **TOLD)
    restrict(place.home, "m1", ground="objection", **TOLD)
    seen = [look(place.home, *pair, **WHY, **TOLD) for pair in before]
    assert seen.count(None) == 1
    assert "Xanthe" not in json.dumps(seen)


# the sample

JUDGED = ((ABOVE, SAME), (BELOW, DIFFERENT), (BETWEEN, SAME), (("m7", "m8"), SAME),
          (("m9", "m10"), DIFFERENT))  # fmt: skip


def test_a_sample_holds_links_made_and_not_made_and_is_kept(place):
    found = waiting(place.home, sample=5, seed=3, **WHY, **TOLD)
    assert len(found) == 5
    assert waiting(place.home, sample=5, seed=3, **WHY, **TOLD) == found
    decide(place.home, *ABOVE, SAME, **TOLD)
    assert len(waiting(place.home, sample=5, seed=3, **WHY, **TOLD)) == 4
    load(place.home, [place.root / "extract"], **TOLD)
    told = standing(place.home, **TOLD)
    assert (told["drawn"], told["drawn_and_answered"]) == (5, 1)


def test_where_all_was_judged_precision_and_recall_are_what_was_said(place):
    """Linked: m3+m4. Not linked: the four others, of which two are one woman."""
    assert accuracy(place.home, **TOLD)["all"]["precision"] == "too few reviewed"
    for pair, verdict in JUDGED:
        decide(place.home, *pair, verdict, **TOLD)
    found = accuracy(place.home, **TOLD)
    assert found["all"]["precision"] == {"share": 1, "lower": 1, "upper": 1}
    assert found["all"]["recall"]["share"] == pytest.approx(1 / 3)
    assert (found["all"]["pairs_linked"], found["all"]["pairs_not_linked"]) == (1, 4)
    (age,) = [group for group in found["groups"] if group["breakdown"] == "age"]
    assert (age["group"], age["recall"]["share"]) == ("30 to 34", pytest.approx(1 / 3))


def test_what_was_said_of_a_restricted_woman_is_in_no_estimate(place):
    """Without m1 and m2, one of two pairs of one woman is linked, and three pairs are not."""
    for pair, verdict in JUDGED:
        decide(place.home, *pair, verdict, **TOLD)
    was = accuracy(place.home, **TOLD)
    restrict(place.home, "m1", ground="objection", **TOLD)
    found = accuracy(place.home, **TOLD)
    assert (found["all"]["pairs_linked"], found["all"]["pairs_not_linked"]) == (1, 3)
    assert found["all"]["judged_not_linked"] == 3
    assert found["all"]["recall"]["share"] == pytest.approx(1 / 2)
    assert quality(place.home, **TOLD)["links_reviewed"] == found
    lift(place.home, "m1", reason="she agreed", told=TODAY, **TOLD)
    assert accuracy(place.home, **TOLD) == was


@pytest.mark.parametrize(
    "tell",
    [
        lambda home: waiting(home, sample=3, seed=1, **WHY, **TOLD),
        lambda home: decide(home, *BELOW, UNSURE, **TOLD),
        lambda home: decide(home, *BELOW, DIFFERENT, **TOLD),
    ],
    ids=["a draw", "an answer that binds nothing", "an answer"],
)
def test_whatever_is_told_of_links_is_counted_at_the_next_reading(place, tell):
    run(place.home, **TOLD)
    tell(place.home)
    said = run(place.home, **TOLD)
    assert (said["reviewed"], said["dataset"]) == ("done", "done")
    assert set(run(place.home, **TOLD).values()) == {"unchanged"}


def test_the_dataset_counts_what_the_review_does(place):
    waiting(place.home, sample=5, seed=3, **WHY, **TOLD)
    decide(place.home, *ABOVE, SAME, **TOLD)
    decide(place.home, *BELOW, UNSURE, **TOLD)
    found = findings(place.home, exact=True, **TOLD)
    table = next(table for table in found["tables"] if table["id"] == "links_reviewed")
    row = dict(zip(table["columns"], table["rows"][0]["cells"], strict=True))
    assert (row["Links made and judged"]["n"], row["Links not made and judged"]["n"]) == (1, 0)
    assert row["Precision, %"] == {"value": 100, "basis": 1}
    assert accuracy(place.home, **TOLD)["all"]["could_not_tell"] == 1


# many at once, cut off, and what is left behind


def test_two_reviewers_at_once_lose_no_answer(place):
    pairs = [pair for pair in LINKS_DRAWN if pair != BELOW]

    def reviewer(name: str, verdict: Verdict):
        told = {"actor": ME, "today": TODAY}
        return lambda: [decide(place.home, *pair, verdict, why=f"by {name}", **told)
                        for pair in pairs]  # fmt: skip

    at_once(reviewer("one", SAME), reviewer("two", DIFFERENT))
    every = open_register().decisions(place.study_id)
    assert len(every) == 2 * len(pairs)
    assert sorted(one.why for one in every) == ["by one"] * 4 + ["by two"] * 4
    assert sum(one.ended_as is None for one in every) == len(pairs)
    assert place.process("ledger", "verify", place.home).returncode == 0


def test_a_reviewer_who_is_killed_loses_only_the_answer_not_given(place):
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "casescope", "pairs", str(place.home), "next",
         "--reason", "a test"],
        env={**place.environment, "COLUMNS": "100"}, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
    )  # fmt: skip
    process.stdin.write("s the same children\nd\n")
    process.stdin.flush()
    shown = 0
    for line in process.stdout:
        shown += line.startswith("Pair ")
        if shown == 3:
            break
    process.kill()
    process.communicate()
    every = open_register().decisions(place.study_id)
    assert [(one.verdict, one.why, one.how) for one in every] == [
        (SAME, "the same children", "terminal"), (DIFFERENT, "", "terminal"),
    ]  # fmt: skip
    assert len(waiting(place.home, **WHY, **TOLD)) == 1


def said(place: Place, *words: object, typed: str = "") -> str:
    """Run a command in this process, as the terminal would; return what it printed."""
    done = CliRunner().invoke(
        root, ["pairs", str(place.home), *map(str, words)], input=typed,
        obj=Context(ME, lambda: TODAY),
    )  # fmt: skip
    if done.exception:
        raise done.exception
    return done.stdout


def test_the_terminal_asks_until_it_understands_and_stops_when_told(place):
    shown = said(place, "next", "--reason", "r", typed="what\nk\nq\n")
    assert "Ottoline Fernsby" in shown, "the most uncertain pair first"
    assert "Answer with one of these" in shown
    assert "0 answered" in shown
    assert standing(place.home, **TOLD)["waiting"] == 3
    shown = said(place, "next", "--reason", "r", typed="c\ns Marigold again\ns\n")  # and the end
    assert "names somebody" in shown
    assert "2 answered" in shown
    assert standing(place.home, **TOLD)["decided"] == {"same": 1, "unsure": 1}


def test_the_reason_is_asked_where_it_was_not_given(place):
    assert "3 pairs wait" in said(place, "next", typed="checking seven cases\nq\n")
    assert ledger(place)[-1]["reason"] == "checking seven cases"
    with pytest.raises(NotAllowed, match="needs a reason"):
        said(place, "next", typed="\n")


def test_commands_that_ask_nothing(place):
    def asked(*words: object) -> dict:
        return json.loads(said(place, *words, "--json"))

    first = asked("next", "--reason", "r")
    assert (first["waiting"], first["pair"]["first"]["names"]) == (3, ["Ottoline Fernsby"])
    assert said(place, "decide", *BETWEEN, "same") == "Recorded: one woman.\n"
    assert f"This changes what {ME.name} said" in said(place, "decide", *BETWEEN, "different")
    assert asked("list")["decided"] == {"different": 1}
    assert "1 decided: two women" in said(place, "list")
    assert said(place, "withdraw", *BETWEEN, "--reason", "r") == "Withdrawn.\n"
    path = place.root / "pairs.xlsx"
    assert asked("export", path, "--reason", "r")["pairs"] == 3
    assert asked("import", path)["not_answered"] == 3
    assert "Imported 0 answers" in said(place, "import", path)


def test_what_cannot_be_done_is_said_in_a_sentence(place):
    code, words = place.refuse("pairs", place.home, "import", place.root / "nothing.xlsx")
    assert (code, "There is no file" in words) == (21, True)


def test_no_name_and_no_case_system_id_is_left_behind(place, caplog):
    caplog.set_level(logging.DEBUG)
    texts = [
        said(place, "decide", *BETWEEN, "same"),
        said(place, "list"),
        said(place, "list", "--json"),
        said(place, "withdraw", *BETWEEN, "--reason", "r"),
    ]
    look(place.home, *ABOVE, **WHY, **TOLD)
    texts.append(said(place, "export", place.root / "pairs.xlsx", "--reason", "r"))
    with sqlite3.connect(place.state / "register.sqlite3") as register:
        texts.append("\n".join(register.iterdump()))
    register.close()
    texts += [caplog.text, (place.home / "vault" / "manifest.json").read_text(encoding="utf-8")]
    for text in texts:
        assert text
        for name in (*NAMES.values(), "Fernsby", "Peregrine", "'m1'", '"m1"'):
            assert name not in text
