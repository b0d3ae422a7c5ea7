"""What the partner's edition says of the package it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class PackageFacts:
    """What a package's manifest says of it, as words; what it does not say is empty.

    `steps` are the columns of the dataset with their meaning and how finely they are told.
    """

    package: str = ""
    version: str = ""
    study: str = ""
    authority: str = ""
    partner: str = ""
    purpose: str = ""
    lawful_basis: str = ""
    agreement: str = ""
    made_on: str = ""
    ends_on: str = ""
    linkage: str = ""
    floor: str = ""
    women: str = ""
    left_out: str = ""
    casescope: str = ""
    undertaking: str = ""
    reference_period: str = ""
    steps: tuple[tuple[str, str, str], ...] = ()


def package_facts(
    manifest: Mapping[str, str],
    steps: tuple[tuple[str, str, str], ...],
    reference_period: str = "",
) -> PackageFacts:
    """Return the facts that a manifest states; what else it holds is left."""
    known = {field.name for field in fields(PackageFacts)} - {"steps", "reference_period"}
    said = {name: str(value) for name, value in manifest.items() if name in known}
    return PackageFacts(**said, steps=steps, reference_period=reference_period)
