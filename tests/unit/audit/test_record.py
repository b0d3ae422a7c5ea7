"""A record is checked without a solver: it holds as written, and no forgery passes."""

import copy
import json

import pytest

from casescope.disclosure.audit import audit
from casescope.disclosure.audit.checker import faults
from casescope.disclosure.audit.fix import propose
from casescope.disclosure.audit.record import as_record
from tests.unit.audit.published import figures

TABLES = """
    needs     | district=South need=CSE | c1-4
    needs     | district=South need=DV  | 55
    needs     | district=North need=CSE | c1-4
    needs     | district=North need=DV  | 40
    needs     | district=East need=CSE  | c1-4
    needs     | district=East need=DV   | c1-4
    districts | district=South          | 58
    districts | district=North          | 40..45
    ages      | age=young               | 50
    ages      | age=old                 | 51..55
"""


@pytest.fixture(scope="module")
def record():
    done = audit(figures(TABLES))
    return json.loads(json.dumps(as_record(done, propose(done), {"needs.csv": "ab"})))


def test_every_table_and_multiplier_of_the_record_holds(record):
    assert faults(record) == []
    assert record["passed"] is False
    assert record["failures"][0]["proofs"]["least"]["rows"]
    assert record["fixes"][0]["passed"] is True
    assert record["sha256"] == {"needs.csv": "ab"}
    assert len(record["ranges"]) == 4
    assert all(len(one["least"]["tables"]) <= 2 for one in record["ranges"])


def test_a_bound_that_no_table_attains_is_seen(record):
    forged = copy.deepcopy(record)
    bound = next(one for one in forged["ranges"] if one["most"]["value"] == 4)
    bound["most"]["value"] = 5
    assert any("does not attain the most value" in one for one in faults(forged))


def test_a_table_that_breaks_a_figure_is_seen(record):
    forged = copy.deepcopy(record)
    forged["base"]["counts"][0] += 1
    assert any("breaks row" in one for one in faults(forged))


def test_counts_that_are_no_counts_are_seen(record):
    for wrong in (-1, 0.5):
        forged = copy.deepcopy(record)
        forged["tables"][0]["counts"][0] = wrong
        assert any("below 0, or no whole number" in one for one in faults(forged))


def test_multipliers_that_prove_less_are_seen(record):
    forged = copy.deepcopy(record)
    del forged["failures"][0]["proofs"]["least"]["rows"][0]
    assert any("do not prove the least value" in one for one in faults(forged))


def test_a_row_that_is_not_its_figure_is_seen(record):
    forged = copy.deepcopy(record)
    forged["figures"][1]["most"] = 99
    assert "row 1 is not its figure" in faults(forged)


def test_a_shared_margin_that_is_none_is_seen(record):
    forged = copy.deepcopy(record)
    number = next(n for n, row in enumerate(forged["rows"]) if row["figure"] is None)
    forged["rows"][number]["most"] = 1
    assert f"row {number} is no shared margin" in faults(forged)


def test_the_checker_imports_nothing_of_ours():
    from pathlib import Path

    import casescope.disclosure.audit.checker as checker

    text = Path(checker.__file__).read_text(encoding="utf-8")
    assert "import casescope" not in text
    assert "from casescope" not in text
    assert "highs" not in text
