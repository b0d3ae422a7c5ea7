"""The four colours of every chart, on light and on dark paper.

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
