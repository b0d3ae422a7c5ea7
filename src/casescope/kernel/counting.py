"""A count beside its noun, in the number that goes with it."""


def counted(count: int, one: str, many: str = "") -> str:
    """Return `1 pair` or `2,000 pairs`; `many` where it is not the noun with an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
