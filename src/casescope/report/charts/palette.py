"""The four colours of every chart, on light and on dark paper, and the test of their contrast.

Light: the Government Analysis Function's categorical palette. Dark: the same hues, lightened until
they stand out as clearly. The same thing keeps its colour through the whole report.
"""

LIGHT_PAPER, DARK_PAPER = "#ffffff", "#14181f"

LIGHT = {
    "main": "#12436d",  # the study's own figures
    "second": "#28a197",  # a second measure of the same women
    "third": "#801650",  # published figures to hold them against
    "quiet": "#6b6b6b",  # not recorded, outside, context
}
DARK = {
    "main": "#7ab8f0",
    "second": "#3fc4b6",
    "third": "#f08bbd",
    "quiet": "#a3a9b3",
}
MAIN, SECOND, THIRD, QUIET = LIGHT["main"], LIGHT["second"], LIGHT["third"], LIGHT["quiet"]
INK, RULE, PAPER = "#1a1a1a", "#cccccc", "#ffffff"
BLACK = "#0b0c0c"
"""Words on a fill that is light on either paper; never recoloured."""

CLASS = {MAIN: "main", SECOND: "second", THIRD: "third", QUIET: "quiet",
         INK: "ink", RULE: "rule", PAPER: "paper"}  # fmt: skip
"""The name by which the style sheet recolours each ink of the drawings."""


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
