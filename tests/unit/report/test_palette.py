"""Colours stand out from the paper on light and dark, and the style sheet uses the same ones."""

import re
from importlib.resources import files

import pytest

from casescope.kernel.contrast import contrast
from casescope.report.charts import palette

LIGHT = [(name, colour, palette.LIGHT_PAPER) for name, colour in palette.LIGHT.items()]
DARK = [(name, colour, palette.DARK_PAPER) for name, colour in palette.DARK.items()]


@pytest.mark.parametrize(("name", "colour", "paper"), LIGHT + DARK)
def test_every_colour_has_a_contrast_of_three_to_one(name, colour, paper):
    assert contrast(colour, paper) >= 3


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ff0000", 1.0)],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_there_are_at_most_four_colours():
    assert len(palette.LIGHT) <= 4
    assert palette.LIGHT.keys() == palette.DARK.keys()


def test_words_inside_bars_can_be_read():
    assert contrast(palette.PAPER, palette.MAIN) >= 4.5
    assert contrast(palette.BLACK, palette.SECOND) >= 4.5
    assert contrast(palette.DARK_PAPER, palette.DARK["main"]) >= 4.5
    assert contrast(palette.BLACK, palette.DARK["second"]) >= 4.5


def test_the_style_sheet_names_the_same_colours():
    style = (files("casescope.report") / "style.css").read_text(encoding="utf-8")
    for paper in (palette.LIGHT, palette.DARK):
        for name, colour in paper.items():
            assert re.search(rf"--{name}: {colour};", style), (name, colour)
    assert f"--paper: {palette.DARK_PAPER}" in style
    assert f"--paper: {palette.LIGHT_PAPER}" in style


def test_first_colours_are_the_analysis_functions_own():
    style = (files("afcharts") / "afcharts.mplstyle").read_text(encoding="utf-8").lower()
    for colour in (palette.MAIN, palette.SECOND, palette.THIRD):
        assert colour in style
