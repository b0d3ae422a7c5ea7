"""Pairwise precision of at least 0.995 and recall of at least 0.93, at default settings.

Counted over pairs of person records of one woman. Precision is of everything joined. Recall on the
pretend county is over all pairs; on the other files over those the file itself tells (`tells`).
"""

import json
from datetime import date

import pytest

from casescope.synthetic import write_county
from tests.contract.linkage.made_up import FAMILY, GIVEN, TODAY, councils, sparse
from tests.contract.linkage.mangled import Setting, mangled
from tests.contract.linkage.measure import Accuracy, accuracy, clusters, linked, tells


def total(parts):
    return Accuracy(
        *(sum(numbers) for numbers in zip(*(vars(p).values() for p in parts), strict=True))
    )


def of_county(folder, mothers, seed):
    truth = json.loads(
        write_county(folder, mothers=mothers, seed=seed, mess=1.0).read_text("utf-8")
    )
    who = {
        record: number
        for number, woman in enumerate(truth["women"])
        for record in woman["person_ids"]
    }
    with linked(folder, today=date.fromisoformat(truth["reference_date"])) as connection:
        return accuracy(connection, who)


def test_the_messy_pretend_county(tmp_path):
    found = total([of_county(tmp_path / str(seed), 600, seed) for seed in (21, 22, 23)])
    assert found.true > 200
    assert found.precision >= 0.995
    assert found.recall >= 0.93


@pytest.mark.parametrize(("make", "women"), [(councils, 1500), (sparse, 1500)])
def test_files_made_otherwise(make, women):
    """Other names, other errors, sisters, twins, daughters and namesakes; or next to nothing."""
    parts = []
    for seed in (5, 6):
        world, truth = make(women, seed)
        with linked(world, today=TODAY) as connection:
            parts.append(accuracy(connection, truth, tells(world)))
    found = total(parts)
    assert found.tellable > 300
    assert found.precision >= 0.995
    assert found.found / found.tellable >= 0.93


SETTINGS = {
    "usual": Setting(women=700, modifications=2),
    "names and birth dates alone": Setting(
        women=700, twice=0.3, modifications=1, addresses=0, numbers=0, aliases=0, children=False
    ),
    "many relatives": Setting(women=700, twice=0.3, modifications=2, relatives=0.3),
}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_registers_mangled_field_by_field(setting):
    """Five naming traditions, up to two modifications in a record, each in a field of its own."""
    parts = []
    for seed in (1, 2):
        world, truth = mangled(setting, seed)
        with linked(world, today=TODAY) as connection:
            parts.append(accuracy(connection, truth, tells(world)))
    found = total(parts)
    assert found.tellable > 100
    assert found.precision >= 0.995
    assert found.found / found.tellable >= 0.93


def test_a_slip_in_a_birth_date_passes_unseen_only_under_names_that_are_rare():
    """No home, number or child in common: of a usual name there are two women born days apart."""
    world, _ = sparse(1500, seed=3)
    for name in ("XANTHIPPE QUILLFEATHER", f"{GIVEN[0].upper()} {FAMILY[0].upper()}"):
        given, family = name.split()
        for day in (10, 11):
            identity = f"{given} {day}"
            world.tables["person"].append(
                {"pers_person_id": identity, "pers_forename": given, "pers_surname": family,
                 "pers_dob": f"1980-02-{day}", "pers_sex": "F"}
            )  # fmt: skip
            world.tables["mother"].append(
                {"moth_person_id": identity, "moth_childs_person_id": f"child {identity}"}
            )
    with linked(world, today=TODAY) as connection:
        found = clusters(connection)
    assert any({"XANTHIPPE 10", "XANTHIPPE 11"} <= cluster for cluster in found)
    assert not any({"MARY 10", "MARY 11"} <= cluster for cluster in found)


@pytest.mark.parametrize("women", [1, 3, 10])
def test_a_file_of_a_few_women_joins_no_two_strangers(women):
    world, truth = sparse(women, seed=8)
    with linked(world, today=TODAY) as connection:
        assert accuracy(connection, truth).wrong == 0


def test_the_same_file_gives_the_same_pairs():
    world, _ = councils(400, seed=9)
    scores = []
    for _ in range(2):
        with linked(world, today=TODAY) as connection:
            scores.append(connection.execute("SELECT * FROM links.pair ORDER BY ALL").fetchall())
    assert scores[0] == scores[1]
    assert scores[0]
