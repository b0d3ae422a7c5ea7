"""Who may ask and answer, what comes of two answers, and the door to a public release."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.governance.test_study_file import MINIMAL, read_study

from casescope.governance.record.signing import Signed
from casescope.governance.release import request_file
from casescope.governance.release.record import check_approvals
from casescope.governance.release.release import REQUEST as REQUEST_KIND
from casescope.governance.release.release import (
    Answer,
    Cleared,
    Opening,
    Outcome,
    Request,
    State,
    Words,
    check_answer,
    check_may_ask,
    check_reason,
    check_withdrawal,
    cleared,
    commitment_to,
    may_answer,
    opening_from,
    request_from,
    state_of,
)
from casescope.governance.roles import Actor, Reviewer, Role, Roles
from casescope.kernel.errors import NotAllowed, SignatureRefused, StudyFileRefused

RAE, SAM, TOM = (Reviewer(name, f"{name}-key") for name in ("rae", "sam", "tom"))
REQUEST = Request(
    release="R1", study="s", name="n", authority="a", author="ann", on="2026-11-02",
    context="c", files={"report.json": "0" * 64}, figures="f", findings="g", made_from="m",
    made={"made_at": "t"}, rules={"name": "opensafely"}, record={},
    reviewers={one.name: one.fingerprint for one in (RAE, SAM, TOM)}, seal_to="k", earlier={},
    version="1",
)  # fmt: skip
ACCEPT, RETURN = Outcome.ACCEPT.value, Outcome.RETURN.value


def opening(outcome: str, nonce: str = "n") -> Opening:
    return Opening(outcome, commitment_to(Words("w", "x")), nonce)


def answer(name: str = "rae", said: Opening | None = None, **more: str) -> Answer:
    given = {"request": "d", "release": "R1", "study": "s", "reviewer": name, "on": "2026-11-03",
             "commitment": commitment_to(said or opening(ACCEPT))}  # fmt: skip
    return Answer(**{**given, **more})


def check(one: Answer, fingerprint: str, answered=(), reviewers=(RAE, SAM, TOM)) -> None:
    check_answer(one, fingerprint=fingerprint, request=REQUEST, digest="d",
                 reviewers=reviewers, answered=answered)  # fmt: skip


# who may


@pytest.mark.parametrize(
    ("reviewers", "approved_by", "match"),
    [
        ((RAE, SAM), "bob", None),
        ((RAE, SAM, TOM), "bob", None),
        ((RAE, SAM), "ann", "is the author’s own"),
        ((RAE,), "bob", "the approval names 1"),
        ((), "bob", "the approval names 0"),
        ((RAE, Reviewer("ann", "ann-key")), "bob", "the approval names 1"),
    ],
)
def test_who_may_ask(reviewers, approved_by, match):
    def asked() -> None:
        check_may_ask(reviewers, author="ann", approved_by=approved_by, context="for all")

    if match is None:
        asked()
    else:
        with pytest.raises(NotAllowed, match=match):
            asked()


def test_an_author_who_is_a_reviewer_is_none_of_her_own_report():
    both = (RAE, Reviewer("ann", "k"))
    assert may_answer(both, "ann") == (RAE,)
    assert may_answer(both, "rae") == (Reviewer("ann", "k"),)


@pytest.mark.parametrize(
    ("one", "fingerprint", "answered", "match"),
    [
        (answer(), "rae-key", (), None),
        (answer(), "rae-key", (("sam", "sam-key"),), None),
        (answer(), "sam-key", (), "no approval binds"),
        (answer("ann"), "rae-key", (), "author of a report does not answer"),
        (answer("eve"), "eve-key", (), "no approval binds"),
        (answer(request="other"), "rae-key", (), "another request"),
        (answer(study="other"), "rae-key", (), "another request"),
        (answer(), "rae-key", (("rae", "rae-key"),), "has answered already"),
        (answer("tom"), "tom-key", (("rae", "rae-key"), ("sam", "sam-key")), "Both answers"),
    ],
)
def test_which_answer_counts(one, fingerprint, answered, match):
    if match is None:
        check(one, fingerprint, answered)
    else:
        with pytest.raises(NotAllowed, match=match):
            check(one, fingerprint, answered)


def test_a_reviewer_counts_who_was_named_when_it_was_asked_and_still_is():
    check(answer(), "rae-key", reviewers=(RAE, SAM))
    with pytest.raises(NotAllowed, match="no approval binds"):
        check(answer(), "rae-key", reviewers=(SAM, TOM))
    newcomer = Reviewer("una", "una-key")
    with pytest.raises(NotAllowed, match="no approval binds"):
        check(answer("una"), "una-key", reviewers=(RAE, newcomer))


# what comes of it: answers, then state; drawn by hand

STATES = """
 taken  first   second  comes to
 0      -       -       asked
 1      -       -       partly answered
 2      accept  accept  accepted
 2      accept  return  conflict
 2      return  accept  conflict
 2      return  return  returned
"""


@pytest.mark.parametrize("drawn", STATES.strip().splitlines()[1:])
def test_what_comes_of_two_answers(drawn):
    taken, first, second, *comes_to = drawn.split()
    said = [opening(one) for one in (first, second) if one != "-"]
    state = state_of(int(taken), said, replaced=False, released=False, withdrawn=False)
    assert state.value == " ".join(comes_to)
    assert state_of(int(taken), said, replaced=False, released=True, withdrawn=True) is (
        State.WITHDRAWN
    )


def test_the_state_after_one_answer_does_not_depend_on_what_it_says():
    """It is not even given: nothing but how many are in."""
    assert state_of(1, [], replaced=False, released=False, withdrawn=False) is (
        State.PARTLY_ANSWERED
    )


@given(
    st.lists(st.tuples(st.sampled_from(["ann", "rae", "sam"]), st.sampled_from([ACCEPT, RETURN]),
                       st.sampled_from(["d", "other"])), max_size=4)
)  # fmt: skip
def test_two_different_others_who_accepted_this_and_nothing_less(given_answers):
    answers = [
        (answer(name, opening(said), request=request), opening(said))
        for name, said, request in given_answers
    ]
    right = (
        len(given_answers) == 2
        and {name for name, _, _ in given_answers} == {"rae", "sam"}
        and all(said == ACCEPT and request == "d" for _, said, request in given_answers)
    )
    if right:
        assert cleared(REQUEST, "d", answers).by == ("rae", "sam")
    else:
        with pytest.raises(NotAllowed, match="not accepted by two others"):
            cleared(REQUEST, "d", answers)


def test_an_opening_that_was_not_committed_to():
    changed = [(answer("rae"), opening(ACCEPT)), (answer("sam", opening(RETURN)), opening(ACCEPT))]
    with pytest.raises(SignatureRefused, match="does not hold the answer"):
        cleared(REQUEST, "d", changed)


def test_leave_is_made_by_the_rules_alone():
    with pytest.raises(TypeError, match=r"cleared\(\) only"):
        Cleared("R1", "g", ("rae", "sam"), object())
    leave = cleared(REQUEST, "d", [(answer(name), opening(ACCEPT)) for name in ("rae", "sam")])
    with pytest.raises((TypeError, ValueError)):
        replace(leave, findings="others")


def test_a_return_needs_a_reason_and_none_is_endless():
    check_reason(Outcome.ACCEPT, "")
    check_reason(Outcome.RETURN, "table 3")
    for outcome, reason in ((Outcome.RETURN, " "), (Outcome.ACCEPT, "x" * 1501)):
        with pytest.raises(NotAllowed):
            check_reason(outcome, reason)


@pytest.mark.parametrize("state", State)
def test_only_what_is_out_is_withdrawn(state):
    if state is State.RELEASED:
        check_withdrawal(state, "R1")
    else:
        with pytest.raises(NotAllowed):
            check_withdrawal(state, "R1")


# shapes of files that somebody gave


@pytest.mark.parametrize(
    "changed",
    [
        {"files": {"../report.json": "0"}}, {"files": {"/etc/passwd": "0"}},
        {"files": {"tables/../../x": "0"}}, {"files": {".hidden": "0"}},
        {"files": {"a\\b": "0"}}, {"files": {"C:x": "0"}}, {"files": ["report.json"]},
        {"files": {"report.json": 7}}, {"author": None}, {"record": "none"}, {"more": "x"},
        {"release": "../../R1"}, {"release": "R1\x1b[2J"}, {"release": "R0"},
    ],
)  # fmt: skip
def test_a_request_of_another_shape(changed):
    with pytest.raises(SignatureRefused, match="does not hold what"):
        request_from({**vars(REQUEST), **changed}, "it")


def test_a_request_is_read_back_as_it_was():
    assert request_from(vars(REQUEST), "it") == REQUEST


@pytest.mark.parametrize("raw", [{}, {"outcome": "maybe", "reason": "r", "nonce": "n"},
                                 {"outcome": ACCEPT, "reason": "r", "nonce": 7}])  # fmt: skip
def test_an_opening_of_another_shape_is_refused_without_telling(raw):
    with pytest.raises(SignatureRefused) as caught:
        opening_from(raw, "it")
    assert not {"maybe", ACCEPT} & set(str(caught.value).split())


# reviewers in study.toml

KEYS = [f"{number:04x}" + "-0000" * 7 for number in (1, 2)]


def stated(*lines: str) -> Roles:
    listed = ", ".join(f'"{line}"' for line in lines)
    text = MINIMAL if "[roles]" in MINIMAL else f"{MINIMAL}\n[roles]\n"
    return read_study(text.replace("[roles]", f"[roles]\nreviewer = [{listed}]")).roles


def test_a_reviewer_is_a_name_and_a_key():
    roles = stated(f"rae {KEYS[0]}", f"Sam Two  {KEYS[1]}")
    assert roles.reviewers == (Reviewer("rae", KEYS[0]), Reviewer("Sam Two", KEYS[1]))
    assert roles.held_by(Actor("Sam Two")) == {Role.REVIEWER}
    assert roles.held_by(Actor(f"rae {KEYS[0]}")) == frozenset()


@pytest.mark.parametrize(
    ("lines", "match"),
    [
        (["rae"], "each with the fingerprint"),
        ([f"rae {KEYS[0][:-1]}"], "each with the fingerprint"),
        ([f" {KEYS[0]}"], "each with the fingerprint"),
        ([f"rae {KEYS[0].upper()}x"], "each with the fingerprint"),
        ([f"rae {KEYS[0]}", f"sam {KEYS[0]}"], "twice"),
        ([f"rae {KEYS[0]}", f"rae {KEYS[1]}"], "twice"),
    ],
)
def test_what_is_no_list_of_reviewers(lines, match):
    with pytest.raises(StudyFileRefused, match=match):
        stated(*lines)


# whoever checks it offline


@pytest.mark.parametrize(("key", "match"), [("sam-key", None), ("rae-key", "signed with one key")])
def test_two_acceptances_by_one_key_are_one(key, match):
    request = Signed(REQUEST_KIND, vars(replace(REQUEST, reviewers={"rae": "rae-key", "sam": key})),
                     "k", "s")  # fmt: skip
    both = [
        (answer(name, opening(ACCEPT, name), request=request.digest), opening(ACCEPT, name), mine)
        for name, mine in (("rae", "rae-key"), ("sam", key))
    ]
    if match is None:
        assert check_approvals(request, both).by == ("rae", "sam")
    else:
        with pytest.raises(NotAllowed, match=match):
            check_approvals(request, both)


@pytest.mark.parametrize("packed_as", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_request_file_packed_otherwise_is_refused(packed_as):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packed_as) as archive:
        archive.writestr(request_file.INDEX, b"{}" * 99)
    raw = bytearray(stream.getvalue())
    raw[len(request_file.INDEX) + 45] ^= 255  # in the middle of what is packed
    for one in (stream.getvalue(), bytes(raw)):
        with pytest.raises(SignatureRefused, match="is damaged"):
            request_file.unpacked(one, "R1.request.zip")
