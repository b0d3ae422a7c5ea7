"""The page as a whole: accessible structure, no scripts, nothing from outside, the same bytes."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from casescope.findings.finding import Findings
from casescope.governance.study_file.parameters import PARAMETERS, Parameters
from casescope.report import as_json, render_html
from casescope.report.charts.draw import drawn
from tests.unit.report.county import ASSUMED, county, study_facts

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Reads a page, holding it to well-formed nesting."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.headings = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module", params=["released", "nothing", "small", "assumed"])
def text(request):
    if request.param == "assumed":
        return render_html(request.getfixturevalue("released"), study=study_facts(**ASSUMED))
    return render_html(request.getfixturevalue(request.param), study=study_facts())


@pytest.fixture(scope="module")
def full(released):
    return render_html(released, study=study_facts())


def test_tags_nest_and_ids_are_unique(text):
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))


def test_every_reference_inside_the_page_has_its_target(text):
    page = Page(text)
    wanted = {a["href"][1:] for _, a in page.tags if a.get("href", "").startswith("#")}
    for _, attrs in page.tags:
        wanted |= set((attrs.get("aria-labelledby") or "").split())
    assert wanted <= set(page.ids)


def test_headings_start_at_one_and_never_skip(text):
    headings = Page(text).headings
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(headings))


def test_landmarks_language_and_skip_link(text):
    page = Page(text)
    assert page.all("html") == [{"lang": "en-GB"}]
    assert [len(page.all(tag)) for tag in ("main", "header", "footer", "nav")] == [1, 1, 1, 1]
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}


def test_nothing_comes_from_outside_and_nothing_runs(text):
    page = Page(text)
    for tag in ("script", "link", "img", "iframe", "object", "form", "base"):
        assert page.all(tag) == []
    for _, attrs in page.tags:
        assert not any(name.startswith("on") or name in ("style", "src") for name in attrs)
        assert (attrs.get("href") or "#").startswith("#")
    style = re.search("<style>(.*?)</style>", text, re.S)[1]
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_this_style_sheet_and_nothing_else(text):
    page = Page(text)
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv"))
    style = re.search("<style>(.*?)</style>", text, re.S)[1]
    expected = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{expected}'" in policy
    assert "unsafe" not in policy


def test_every_table_has_a_caption_and_scoped_headers(text):
    page = Page(text)
    assert len(page.all("table")) == len(page.all("caption")) > 0
    assert all(th.get("scope") in ("row", "col") for th in page.all("th"))
    regions = [d for d in page.all("div") if d.get("class") == "scroll"]
    assert len(regions) == len(page.all("table"))
    assert all(d["role"] == "region" and d["tabindex"] == "0" for d in regions)


def test_every_chart_has_its_words_and_its_table(full):
    figures = re.findall("<figure.*?</figure>", full, re.S)
    assert len(figures) >= 10
    for figure in figures:
        assert 'role="img"' in figure
        found = re.search(
            r'<p class="hidden-words" id="([^"]+-alt)"([^>]*)>(.*?)</p>', figure, re.S
        )
        name, hidden, alt = found.groups()
        assert len(alt.split()) >= 6, alt
        assert f'role="img" aria-labelledby="{name}"' in figure
        assert "aria-hidden" in hidden  # else they would be read out twice
        assert figure.count("<table") == 1
        assert figure.count("<svg") == 2


def test_every_finding_is_shown_by_its_id(full, released):
    shown = set(re.findall(r"Finding: (\w+)", full))
    assert shown == {table.id for table in released.tables}


def test_a_figure_that_is_all_hidden_is_a_table_without_a_chart(nothing):
    text = render_html(nothing, study=study_facts())
    assert 'id="figure-ages"' not in text
    assert 'id="table-ages-caption"' in text


def test_rendering_twice_gives_the_same_page(full, released):
    drawn.cache_clear()
    assert render_html(released, study=study_facts()) == full


def test_only_released_results_are_accepted():
    with pytest.raises(TypeError, match="Released"):
        render_html(county(), study=study_facts())
    with pytest.raises(TypeError, match="Released"):
        as_json(Findings((), ()), study_facts())


def test_words_of_the_study_are_escaped(nothing):
    text = render_html(nothing, study=study_facts(authority="A & B <i>Council</i>"))
    assert "<i>" not in text
    assert "A &amp; B &lt;i&gt;Council&lt;/i&gt;" in text


def test_linkage_is_the_first_of_the_limits(full):
    limits = full.index('id="limits"')
    assert full.index('id="linkage"') < full.index('id="start"') < full.index('id="missing"')
    assert limits < full.index('id="linkage"') < full.index('id="unknowable"')


def test_missing_inputs_for_wide_are_said(nothing):
    without = render_html(nothing, study=study_facts(wide_inputs=False))
    assert without.count("under-counted") >= 2
    assert "under-counted" not in render_html(nothing, study=study_facts(wide_inputs=True))


def test_a_missing_file_of_mothers_is_said():
    from casescope.disclosure.release import release

    found = county(0)
    facts = found.facts | {"mothers_input": "absent"}
    text = render_html(release(replace(found, facts=facts)), study=study_facts())
    assert "The file that names mothers is missing" in text


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 14), "can object to being included until 14 November 2026"),
        (date(2026, 11, 15), "The time set for objections ended on 14 November 2026"),
    ],
)
def test_the_objection_window_is_open_to_its_last_day(nothing, today, words):
    assert words in render_html(nothing, study=study_facts(today=today))


def test_every_parameter_is_printed_and_changes_are_marked(nothing):
    changed = study_facts(parameters=Parameters(lookback_years=3))
    text = render_html(nothing, study=changed)
    for name in PARAMETERS:
        assert f'<th scope="row">{name}</th>' in text
    assert "3 (changed)" in text
    assert "lookback_years is 3, not 5" in text
    assert "no parameter was changed" in render_html(nothing, study=study_facts())


def test_published_yardsticks_stand_with_their_difference(full):
    how_soon = full[full.index('id="how-soon"') : full.index('id="live-with"')]
    for words in ("22% of mothers", "not removals", "strict count only"):
        assert words in how_soon


def test_no_savings_or_scores_are_claimed(full):
    """Without the study's assumptions there is no saving; area results are quoted as context."""
    text = " ".join(full.split())
    assert "No figure of a saving is given" in text
    assert "leaves £" not in text
    assert "saves £" not in text


def test_json_differs_between_runs_only_in_provenance(released):
    later = study_facts(
        today=date(2026, 12, 1), made_at=datetime(2026, 12, 1, tzinfo=UTC), ledger_head="ff" * 32,
        versions=(("casescope", "0.2.0"),),
    )  # fmt: skip
    one, other = as_json(released, study_facts()), as_json(released, later)
    assert one.pop("provenance") != other.pop("provenance")
    assert json.dumps(one) == json.dumps(other)
    assert one["tables"][0]["id"] == "headline"
