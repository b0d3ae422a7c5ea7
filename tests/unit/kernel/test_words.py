"""Errors, canonical bytes, codes: what every room relies on."""

import re
from datetime import date

import pytest

from casescope.kernel import codes, errors
from casescope.kernel.canonical import canonical_bytes, digest
from casescope.kernel.counting import counted
from casescope.kernel.errors import UserError, one_of
from casescope.kernel.progress import Silent

KINDS = [kind for kind in vars(errors).values()
         if isinstance(kind, type) and issubclass(kind, UserError)]  # fmt: skip


def test_every_refusal_has_an_exit_code_of_its_own():
    numbers = [kind.exit_code for kind in KINDS]
    assert len(set(numbers)) == len(numbers) > 5
    assert all(3 <= number <= 99 for number in numbers)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_refusal_is_a_sentence_and_a_remedy(kind):
    assert str(kind("It is shut.", "Open it.")) == "It is shut. Open it."
    assert str(kind("It is shut.")) == "It is shut."


def test_canonical_bytes_are_the_same_for_the_same_value():
    one = {"b": [1, None, True], "a": date(2026, 3, 31), "é": "ü"}
    two = {"é": "ü", "a": date(2026, 3, 31), "b": (1, None, True)}
    assert canonical_bytes(one) == canonical_bytes(two)
    assert canonical_bytes(one) == '{"a":"2026-03-31","b":[1,null,true],"é":"ü"}'.encode()
    assert digest(one) == digest(two)
    assert re.fullmatch("[0-9a-f]{64}", digest(one))


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, object()])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError, match="no canonical form"):
        canonical_bytes(value)


def test_the_nearest_word():
    assert one_of(("age_min", "age_max"), "age_mim") == "age_min"
    assert one_of(("age_min",), "zzz") == ""


def test_each_legal_status_is_of_one_kind():
    kinds = [codes.COURT_STATUSES, codes.EMERGENCY_STATUSES, codes.VOLUNTARY_STATUSES,
             codes.SHORT_BREAK_STATUSES, codes.REMAND_STATUSES]  # fmt: skip
    every = [status for kind in kinds for status in kind]
    assert len(set(every)) == len(every)
    assert set(codes.KNOWN_STATUSES) == set(every)
    assert set(codes.COUNTING_STATUSES) == {"C1", "C2", "D1", "E1", "L3", "L1", "L2", "V2"}


def test_reasons_that_leave_a_child_with_someone_else():
    """As the definitions list them: E11, E12, E13, E41, E43–E48, E3."""
    assert set(codes.LEFT_TO_SOMEONE_ELSE) == {
        "E11", "E12", "E13", "E41", "E43", "E44", "E45", "E46", "E47", "E48", "E3",
    }  # fmt: skip


def test_silence_hears_everything():
    silent = Silent()
    silent.start("x")
    silent.advance(1, 2)
    silent.finish("y")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 pairs"), (1, "1 pair"), (2, "2 pairs"), (2000, "2,000 pairs")]
)
def test_a_noun_goes_with_its_count(count, words):
    assert counted(count, "pair") == words
    assert counted(count, "child", "children") == words.replace("pairs", "children").replace(
        "pair", "child"
    )
