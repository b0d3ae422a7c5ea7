"""Words from files that somebody gave, as a terminal may show them."""


def printable(value: object) -> str:
    """Return a line in which words from elsewhere can't steer the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in str(value))
