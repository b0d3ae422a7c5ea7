"""What a contender answers: named whole numbers, which must be the same from every contender."""

Answer = dict[str, int]
"""Counts and sums by name; a name that would be 0 is left out."""


def check_same(answers: dict[str, Answer]) -> None:
    """Raise AssertionError, naming what differs, unless every contender answers alike."""
    first, *others = answers
    for other in others:
        one, two = answers[first], answers[other]
        differing = [
            f"{name}: {first} {one.get(name, 0):,}, {other} {two.get(name, 0):,}"
            for name in sorted({*one, *two})
            if one.get(name, 0) != two.get(name, 0)
        ]
        if differing or not one:
            raise AssertionError("the contenders differ; no time counts. " + "; ".join(differing))
