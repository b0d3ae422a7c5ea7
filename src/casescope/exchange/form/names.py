"""What files of the exchange are called: names that every system can hold, and that tell nobody."""

SUFFIXES: dict[str, str] = {
    "partner card": ".card.json",
    "package": ".casepkg",
    "lease request": ".lease-request.json",
    "lease": ".lease.json",
    "acknowledgement": ".acknowledgement.json",
    "receipt": ".receipt.json",
}
"""The end of the name of each kind of file."""

_SHOWN = 12
"""Characters of an id or fingerprint in a name: enough to tell files apart, not to rely on."""


def file_name(kind: str, identifier: str) -> str:
    """Return the name of a file: letters, digits and hyphens of its id, and the kind's suffix.

    It begins with the kind, so that it can be none of the names that Windows keeps for devices.
    """
    shown = "".join(one for one in identifier.lower() if one in "0123456789abcdef")[:_SHOWN]
    return f"{kind.split()[-1]}-{shown}{SUFFIXES[kind]}"


def kind_by_name(name: str) -> str:
    """Return the kind of file that a name promises, or nothing."""
    lower = name.lower()
    ends = [kind for kind, suffix in SUFFIXES.items() if lower.endswith(suffix)]
    return ends[0] if ends else ""
