"""A report under each rule pack says what that pack does, in its own words."""

import csv
import io
import json
import re
from dataclasses import asdict

import pytest

from casescope.disclosure.pack import PACKS, PUBLIC, load
from casescope.disclosure.release import release
from casescope.disclosure.released import ReleasedCell
from casescope.kernel.errors import NotAllowed
from casescope.report.build import document
from casescope.report.edition import SMALL_COUNTS, Edition
from casescope.report.faces.sheets import csv_files
from casescope.report.prose import women
from casescope.report.rendering import as_json, render_html
from casescope.report.walking import findings as shown_findings
from tests.unit.report.county import county, study_facts

FEW = {"opensafely": "7 or fewer", "hes": "1 to 7", "ons10": "fewer than 10",
       "dfe": "confidential (c)"}  # fmt: skip
SAID_OF_CURVES = {"hes": {"7 or fewer"}}
"""In a curve 0 is not told from a few."""


@pytest.fixture(scope="module", params=PACKS)
def pack(request):
    return load(request.param)


@pytest.fixture(scope="module")
def figures(pack):
    return release(county(0.4), pack=pack.rules.name)


@pytest.fixture(scope="module")
def words(figures):
    return all_words(document(figures, study_facts()))


def all_words(made):
    """Return whatever stands anywhere in a document, charts included."""
    return json.dumps(asdict(made), ensure_ascii=False, default=str)


def test_the_page_says_small_counts_in_the_words_of_the_pack(pack, words):
    name = pack.rules.name
    own = {FEW[name]} if name in FEW else set()
    others = set(FEW.values()) - own - SAID_OF_CURVES.get(name, set()) - {"1 to 7"}  # a range too
    assert all(phrase in words for phrase in own)
    # the rules themselves are told in full, and may use another's words
    rest = words.replace(pack.rules.says, "")
    assert [phrase for phrase in sorted(others) if phrase in rest] == []


def test_the_page_says_what_was_done_and_nothing_of_rounding_where_none_is(pack, words):
    assert pack.rules.brief in words
    assert pack.rules.says in words
    if pack.is_exact:
        rest = words.replace(pack.rules.says, "").replace(pack.rules.brief, "")
        assert "nearest 5" not in rest
        assert not re.search(r"\b(figures|counts) are rounded", rest)


def test_totals_are_told_as_the_pack_makes_them(pack, words):
    assert pack.rules.totals in words


@pytest.mark.parametrize(
    ("shown", "said"),
    [("7 or fewer", "7 or fewer women"), ("1 to 7", "1 to 7 women"),
     ("fewer than 10", "fewer than 10 women"),
     ("confidential (c)", "a number of women that we cannot show"),
     ("withheld", "a number of women that we cannot show")],
)  # fmt: skip
def test_a_hidden_count_in_a_sentence(shown, said):
    assert women(ReleasedCell("count", shown, hidden=True)) == said


def test_the_public_edition_says_how_people_are_protected(figures, pack):
    if not pack.publishable:
        with pytest.raises(NotAllowed, match="never go into a public edition"):
            document(figures, study_facts(), Edition.PUBLIC)
        return
    made = document(figures, study_facts(), Edition.PUBLIC)
    assert pack.rules.brief in all_words(made)
    assert not made.stamped


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("name", [PUBLIC[0], "dfe"])
def test_report_json_says_for_each_figure_which_rule_it_went_through(name, edition):
    figures = release(county(0.4), pack=name)
    data = as_json(figures, study_facts(), edition)
    told = data["provenance"]["disclosure"]
    places = {(one["table"], *one["row"], one["column"]) for one in told["figures"]
              if "table" in one}  # fmt: skip
    cells = {
        (table["id"], *row["labels"], column)
        for table in data["tables"]
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
        if cell["kind"] != "text"
    }
    assert places == cells
    assert all(one["rule"] in told["rules"] for one in told["figures"])
    if edition is Edition.PUBLIC:
        assert {place[0] for place in places} <= shown_findings(
            document(figures, study_facts(), edition)
        )


def test_small_counts_are_marked_on_the_page_and_in_each_table():
    figures = release(county(0.4), pack="working")
    page = render_html(figures, study=study_facts(small_counts="2026-11-02 by dee: a check"))
    assert '<body class="stamped">' in page
    assert SMALL_COUNTS in page
    assert "2026-11-02 by dee: a check" in page
    made = document(figures, study_facts())
    for name, content in csv_files(made, figures).items():
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        assert head[-1] == "edition", name
        assert {row[-1] for row in rows} == {SMALL_COUNTS}, name
