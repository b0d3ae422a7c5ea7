"""Charts: what is drawn lies where the figures say, and the SVG can stand inside a page."""

from itertools import pairwise
from xml.etree import ElementTree as Xml

import pytest

from casescope.report.charts import kinds
from casescope.report.charts.canvas import NARROW, WIDE, steps
from casescope.report.charts.draw import drawn
from casescope.report.charts.flow import placed
from casescope.report.charts.pathway import placed as placed_pathway
from casescope.report.charts.shares import spans

BARS = kinds.Bars((kinds.Bar("A < B", 20, "20"), kinds.Bar("C", None, "7 or fewer")))
CHARTS = [
    BARS,
    kinds.Intervals((kinds.Bar("A", 0.4, "40%", 0.3, 0.5),), percent=True),
    kinds.Lines(("2024", "2025"), (kinds.Series("All", (10, 20)), kinds.Series("Some", (5, None)))),
    kinds.Shares(("Yes", "No", "Blank"), (kinds.Share("A", (10, 20, 30), 60),)),
    kinds.Curves((0, 1), (kinds.Curve("Strict", (kinds.CurvePoint(0, 0, 0, 0),
                 kinds.CurvePoint(1, 0.1, 0.05, 0.2)), ("100", "90")),)),
    kinds.CurvePanels((0, 5), (
        kinds.Curve("A", (kinds.CurvePoint(0, 0, 0, 0), kinds.CurvePoint(5, 0.1, 0.05, 0.2)),
                    ("99", "9")),
        kinds.Curve("B", (), ("–", "–")),
    ), kinds.Curve("All", (kinds.CurvePoint(0, 0, 0, 0), kinds.CurvePoint(5, 0.1, 0.1, 0.1)),
                   ("99", "9"))),
    kinds.Flow((kinds.FlowStep("stock", "women", "100"), kinds.FlowStep("tier", "T1", "20"))),
    kinds.Panels(("2024–25", "2025–26"), (kinds.Panel("A", (10, 20)), kinds.Panel("B", (5, None)),
                                          kinds.Panel("C", (None, None)))),
    kinds.Pathway((("Under 1", "1–4"), ("Fostered", "Placed for adoption"), ("Adopted", "Home")),
                  ((kinds.Link(0, 0, 40), kinds.Link(0, 1, 60), kinds.Link(1, 0, 20)),
                   (kinds.Link(0, 1, 55), kinds.Link(1, 0, 60)))),
    kinds.Combinations(("A & B", "C"), (kinds.Combination((True, True), 30, "30"),
                                        kinds.Combination((False, True), None, "7 or fewer"),
                                        kinds.Combination((False, False), 12, "12"))),
    kinds.Decision(((0, -500_000), (0.6, 100_000)), "Rate", "Net value",
                   (kinds.Mark("0.20", 0.2),), kinds.Band("Local", 0.1, 0.3),
                   kinds.Mark("Breaks even at 0.50", 0.5)),
    kinds.Tornado((kinds.Swing("Rate", -400_000, -300_000, "0.15", "0.25"),), -350_000, "Middle"),
]  # fmt: skip


def parsed(text):
    return Xml.fromstring(f"<div>{text}</div>")  # noqa: S314 — drawn by the code under test


def both(chart, name="chart"):
    text = drawn(chart, name)
    wide, narrow = parsed(text)
    return text, wide, narrow


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
class TestEveryKind:
    def test_is_drawn_for_a_page_and_for_a_phone(self, chart):
        _, wide, narrow = both(chart)
        assert float(wide.get("viewBox").split()[2]) == WIDE
        assert float(narrow.get("viewBox").split()[2]) == NARROW

    def test_has_no_styles_dates_or_outside_references(self, chart):
        text, *_ = both(chart)
        for unwanted in ("style=", "<style", "<metadata", "http://www.w3.org/1999", "matplotlib"):
            assert unwanted not in text

    def test_shares_no_id_with_another_chart(self, chart):
        def ids(name):
            return {e.get("id") for e in parsed(drawn(chart, name)).iter()}

        assert ids("one") & ids("other") <= {None}

    def test_refers_only_to_its_own_parts(self, chart):
        text, *_ = both(chart)
        root = parsed(text)
        ids = {element.get("id") for element in root.iter()}
        used = {e.get("href")[1:] for e in root.iter() if e.get("href")}
        used |= {e.get("clip-path")[5:-1] for e in root.iter() if e.get("clip-path")}
        assert used <= ids

    def test_is_the_same_every_time(self, chart):
        assert drawn(chart, "chart") == drawn(chart, "chart")


def test_words_are_escaped_and_hidden_figures_have_no_bar():
    text, wide, _ = both(BARS)
    assert "A &lt; B" in text
    words = [element.text for element in wide.iter() if element.tag.endswith("text")]
    assert "7 or fewer" in words
    bars = [e for e in wide.iter() if e.get("class") == "f-main"]
    assert len(bars) == 1


def test_a_bar_is_as_long_as_its_figure():
    rows = (kinds.Bar("A", 40, "40"), kinds.Bar("B", 10, "10"))
    _, wide, _ = both(kinds.Bars(rows))
    long, short = (extent(e) for e in wide.iter() if e.get("class") == "f-main")
    assert long == pytest.approx(4 * short, rel=0.01)


def extent(path):
    xs = [float(word) for word in path.get("d").split() if word[0].isdigit()][::2]
    return max(xs) - min(xs)


@pytest.mark.parametrize(
    ("values", "starts", "ends"),
    [
        ((60, 20, 20), [0, 0.6, 0.8], [0.6, 0.8, 1.0]),
        ((60, None, None), [0, 0, 0], [0.6, 0, 0]),
        ((60, None, 25), [0, 0, 0.75], [0.6, 0, 1.0]),
        ((None, 20, 70), [0, 0.1, 0.3], [0, 0.3, 1.0]),
        ((60, 25, 20), [0, 0.6, 0.85], [0.6, 0.85, 1.0]),
    ],
)
def test_hidden_parts_leave_a_gap_where_they_belong(values, starts, ends):
    found = spans(kinds.Share("A", values, 100))
    assert found[0] == pytest.approx(starts)
    assert found[1] == pytest.approx(ends)


def test_words_on_a_light_fill_stay_dark_on_dark_paper():
    _, wide, _ = both(kinds.Shares(("Yes", "No", "Blank"), (kinds.Share("A", (50, 30, 20), 100),)))
    classes = {e.text: e.get("class") for e in wide.iter() if e.tag.endswith("text")}
    assert (classes["50%"], classes["30%"], classes["20%"]) == ("f-paper", None, "f-ink")


@pytest.mark.parametrize("top", [0.1, 0.22, 0.62, 1.0, 3, 8, 24, 126, 190, 980, 1480, 25_000])
def test_scales_start_at_zero_reach_the_top_and_stay_short(top):
    ticks = steps(top)
    assert ticks[0] == 0
    assert ticks[-1] >= top - 1e-9
    assert 2 <= len(ticks) <= 7


@pytest.mark.parametrize("wide", [True, False])
def test_flow_boxes_never_overlap_and_hold_every_word(wide):
    flow = [kinds.FlowStep("stock", "women", "1,000"),
            kinds.FlowStep("out", "Has died, or is known to have left the area for good", "20"),
            kinds.FlowStep("out", "Age not known", "7 or fewer"),
            kinds.FlowStep("stock", "women in one of the groups", "500"),
            kinds.FlowStep("tier", "T1", "120"), kinds.FlowStep("tier", "T2", "60")]  # fmt: skip
    boxes = placed(tuple(flow), wide)
    assert [box.kind for box in boxes] == ["stock", "out", "stock", "tier", "tier"]
    assert all(below.y > above.bottom for above, below in pairwise(boxes))
    told = " ".join(f"{line.strong} {line.text}" for box in boxes for line in box.lines)
    for step in flow:
        for word in (*step.label.split(), *step.shown.split()):
            assert word in told


def test_an_all_hidden_chart_is_known_to_be_empty():
    assert kinds.is_empty(kinds.Bars((kinds.Bar("A", None, "7 or fewer"),)))
    assert not kinds.is_empty(BARS)


def test_panels_draw_a_bar_for_each_figure_and_none_for_a_hidden_one():
    chart = kinds.Panels(("1", "2", "3"), (kinds.Panel("A", (40, None, 10)),))
    _, wide, _ = both(chart)
    tall, short = (height(e) for e in wide.iter() if e.get("class") == "f-main")
    assert tall == pytest.approx(4 * short, rel=0.01)
    assert len([e for e in wide.iter() if e.get("class") == "s-quiet"]) == 1


def height(path):
    ys = [float(word) for word in path.get("d").split() if word[0].isdigit()][1::2]
    return max(ys) - min(ys)


def test_a_panel_of_hidden_figures_says_so():
    _, wide, _ = both(kinds.Panels(("1", "2"), (kinds.Panel("A", (None, None)),
                                                kinds.Panel("B", (8, 9)))))  # fmt: skip
    words = [e.text for e in wide.iter() if e.tag.endswith("text")]
    assert words.count("too few to show") == 1


def test_a_hidden_curve_is_named_under_the_panels_and_has_none():
    _, wide, _ = both(next(chart for chart in CHARTS if isinstance(chart, kinds.CurvePanels)))
    words = [e.text for e in wide.iter() if e.tag.endswith("text")]
    assert words.count("Not shown: B.") == 1
    assert words.count("Still followed, by years since the first removal") == 1
    assert "B" not in words


PATHWAY = next(chart for chart in CHARTS if isinstance(chart, kinds.Pathway))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bands_are_as_thick_as_their_numbers_and_fit_the_boxes_that_they_join(width):
    boxes, bands = placed_pathway(PATHWAY, width)
    links = [link for of in PATHWAY.links for link in of]
    if width == WIDE:  # one scale; a phone's panels have one each
        assert len({round(band.thick / link.value, 6)
                    for band, link in zip(bands, links, strict=True)}) == 1  # fmt: skip
    for box in boxes:
        assert max(box.left, box.right) <= box.height + 1e-6
        assert box.x >= 0
        assert box.x + box.width <= width
    assert all(any(holds(box, band) for box in boxes) for band in bands)


def holds(box, band):
    """Say whether a band leaves the box within the box's own height."""
    (x, y), half = band.start, band.thick / 2
    inside = box.y <= y - half + 1e-6 and y + half <= box.y + box.height + 1e-6
    return inside and box.x + box.width == pytest.approx(x)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_boxes_of_one_stage_never_overlap(width):
    boxes, _ = placed_pathway(PATHWAY, width)
    for x in {box.x for box in boxes}:
        column = sorted((box for box in boxes if box.x == x), key=lambda box: box.y)
        assert all(below.y >= above.y + above.height for above, below in pairwise(column))


def test_a_box_that_nothing_shown_goes_through_is_left_out():
    boxes, _ = placed_pathway(kinds.Pathway((("A", "B"), ("C",)), ((kinds.Link(0, 0, 9),),)), WIDE)
    assert [box.label for box in boxes] == ["A", "C"]


def test_a_hidden_combination_has_dots_and_no_bar():
    _, wide, _ = both(next(chart for chart in CHARTS if isinstance(chart, kinds.Combinations)))
    words = [e.text for e in wide.iter() if e.tag.endswith("text")]
    assert "7 or fewer" in words
    assert {"30", "12"} <= set(words)


def right_of(text, words):
    """Where words stand from the left, the rightmost of them."""
    return max(float(e.get("x")) for e in text.iter() if e.text == words)


def test_a_line_that_ends_early_is_named_where_it_ends():
    """A name at the edge of the chart would say that the line reaches it."""

    def curve(label, until):
        points = (kinds.CurvePoint(0, 0, 0, 0), kinds.CurvePoint(until, 0.1, 0.05, 0.2))
        return kinds.Curve(label, points, ("100", "90", "–"))

    _, wide, _ = both(kinds.Curves((0, 5, 10), (curve("Strict", 5), curve("Broad", 10))))
    assert right_of(wide, "Strict") < right_of(wide, "Broad") - 100
    series = (kinds.Series("All", (10, 20, 30)), kinds.Series("Some", (5, None, None)))
    _, wide, _ = both(kinds.Lines(("2023", "2024", "2025"), series))
    assert right_of(wide, "Some") < right_of(wide, "All") - 100
