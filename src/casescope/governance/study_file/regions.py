"""Regions of cloud providers that lie in the United Kingdom, and what would carry data out of it.

The list is general knowledge, not read from the providers: so a region counts only once the data
protection officer has confirmed it, with the provider's own page before them.
"""

import re
from dataclasses import dataclass

from casescope.governance.study_file.line import FaultError, names


@dataclass(frozen=True)
class Region:
    """A region: its provider and name, where it is said to be, and how well that is known."""

    provider: str
    name: str
    where: str
    standing: str = "general knowledge"

    def __str__(self) -> str:
        return f"{self.provider} {self.name}"


UK_REGIONS = (
    Region("aws", "eu-west-2", "London", "listed so by others"),
    Region("azure", "uksouth", "London", "described so by others"),
    Region("azure", "ukwest", "Cardiff", "described so by others"),
    Region("gcp", "europe-west2", "London"),
    Region("oci", "uk-london-1", "London"),
    Region("oci", "uk-cardiff-1", "Newport"),
    Region("ibm", "eu-gb", "London"),
)
"""Nothing is on this list that was read on the provider's own page; none counts unconfirmed."""

_BY_SCHEME = {"s3": "aws", "gs": "gcp", "gcs": "gcp", "abfs": "azure", "abfss": "azure",
              "az": "azure", "azure": "azure", "wasbs": "azure", "oci": "oci",
              "cos": "ibm"}  # fmt: skip
_BY_HOST = {
    ".amazonaws.com": "aws", ".core.windows.net": "azure", ".googleapis.com": "gcp",
    ".oraclecloud.com": "oci", ".oraclecloud.uk": "oci", ".appdomain.cloud": "ibm",
}  # fmt: skip

TRAPS = {
    "eu": "the multi-region EU has no place in the United Kingdom",
    "europe": "a whole continent is no region",
    "eur4": "that pair of regions is in the Netherlands and Finland",
    "us": "that is the United States",
    "asia": "that is Asia",
    "global": "global storage is wherever the provider likes",
    "auto": "the provider then chooses",
    "s3-accelerate": "what is sent there goes by the nearest of many places abroad",
    "eu-west-1": "that is Ireland",
    "europe-west1": "that is Belgium",
    "northeurope": "that is Ireland",
    "westeurope": "that is the Netherlands",
}
"""What is taken for a British region and is none; completes a sentence."""

_REGION_IN_HOST = re.compile(r"(?<![a-z0-9])[a-z]{2,}-[a-z]+-?[0-9]+(?![a-z0-9])")
_REGION_AS_LABEL = re.compile(r"[a-z]{2}-[a-z]{2,5}")
"""A region with its number anywhere in a host; one without (IBM's eu-de) as a part of its own."""

_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:(?P<user>[^/?#@]*)@)?(?P<host>[^/?#:]*)")

_HOW = 'as "URL region", like "s3://bucket/study eu-west-2"'


def listed(value: object, example: str) -> tuple[str, ...]:
    """Return a list of texts, each on one line and none empty."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise FaultError(f'must be a list of texts in quotes, like ["{example}"]')
    return tuple(" ".join(one.split()) for one in names(value))


def storage_urls(value: object) -> tuple[str, ...]:
    """Return URLs where data is stored, each with its region and those it is replicated to."""
    lines = listed(value, "s3://bucket/study eu-west-2")
    for line in lines:
        _check_url(*line.split(" "))
    return lines


def confirmed_regions(value: object) -> tuple[str, ...]:
    """Return regions of the list above that somebody looked up, as "aws eu-west-2"."""
    lines = tuple(line.lower() for line in listed(value, "aws eu-west-2"))
    known = {str(region) for region in UK_REGIONS}
    for line in lines:
        if line not in known:
            raise FaultError("must name regions of the United Kingdom, each with its provider: "
                             + ", ".join(sorted(known)))  # fmt: skip
    return lines


def unconfirmed(urls: tuple[str, ...], confirmed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the regions that URLs name and nobody has confirmed."""
    named = (f"{provider_of(url)} {region}"
             for url, *regions in (line.lower().split(" ") for line in urls)
             for region in regions)  # fmt: skip
    return tuple(dict.fromkeys(one for one in named if one not in confirmed))


def provider_of(url: str) -> str:
    """Return the provider of a storage URL, nothing where it is not known."""
    parts = _URL.match(url.lower())
    if parts is None:
        return ""
    if parts["scheme"] in _BY_SCHEME:
        return _BY_SCHEME[parts["scheme"]]
    host = f".{parts['host']}"
    return next((name for end, name in _BY_HOST.items() if host.endswith(end)), "")


def _check_url(url: str, *regions: str) -> None:
    """Refuse a URL without regions of its provider in the United Kingdom, and them alone."""
    provider = provider_of(url)
    if not provider:
        raise FaultError("must hold storage URLs of aws, azure, gcp, oci or ibm; for a place of "
                         "your own use stored_in")  # fmt: skip
    if not regions:
        raise FaultError(f"must give each URL its region, {_HOW}")
    parts = _URL.match(url.lower())
    if parts is None or ":" in (parts["user"] or "") or "?" in url:
        raise FaultError("must not hold a password, key or signature in a URL")
    for region in (*regions, *_regions_in(parts["host"])):
        _check_region(provider, region.lower())


def _regions_in(host: str) -> list[str]:
    """Return the regions that a host names: not its bucket, which may be called anything."""
    if not any(host.endswith(end) for end in _BY_HOST):
        return []
    labels = host.split(".")
    named = _REGION_IN_HOST.findall(host.removeprefix("s3-"))
    return [*named, *filter(_REGION_AS_LABEL.fullmatch, labels[1:]),
            *(label for label in labels if label in TRAPS)]  # fmt: skip


def _check_region(provider: str, region: str) -> None:
    if any((one.provider, one.name) == (provider, region) for one in UK_REGIONS):
        return
    trap = TRAPS.get(region)
    ours = ", ".join(one.name for one in UK_REGIONS if one.provider == provider)
    raise FaultError("names a region that is not known to be in the United Kingdom"
                     + (f" ({trap})" if trap else "")
                     + f"; of {provider} these are: {ours}")  # fmt: skip
