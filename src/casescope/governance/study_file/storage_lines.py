"""The lines of study.toml on where data is stored and worked on: in the United Kingdom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casescope.governance.study_file.line import Field, names
from casescope.governance.study_file.regions import (
    confirmed_regions,
    listed,
    storage_urls,
    unconfirmed,
)

STORAGE_TABLE = (
    "Where the study's data lies: in the United Kingdom. casescope can refuse what it sees to be "
    "elsewhere; that a place is where it is said to be is for the approver to answer for."
)


@dataclass(frozen=True)
class StorageLines:
    """[storage]: where data is stored and worked on, in words, as URLs and as folders."""

    stored_in: tuple[str, ...] = ()
    processed_in: tuple[str, ...] = ()
    storage_urls: tuple[str, ...] = ()
    confirmed_regions: tuple[str, ...] = ()
    declared_places: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Say whether the study says where its data is stored and worked on."""
        return bool(self.stored_in and self.processed_in)


def _in_words(value: object) -> tuple[str, ...]:
    return listed(value, "County Hall, Otterby")


def _folders(value: object) -> tuple[str, ...]:
    listed(value, "/mnt/casework")
    return names(value)  # a name of a folder is left as it is, spaces and all


STORAGE_FIELDS = (
    Field("storage", "stored_in", 'Where data is stored, in words: ["County Hall, Otterby"]',
          _in_words, (), later=True),
    Field("storage", "processed_in", "Where it is worked on, in words, homes of staff included",
          _in_words, (), later=True),
    Field("storage", "storage_urls", "Cloud storage, each URL with its region and any region it is "
          'replicated to: ["s3://bucket/study eu-west-2"]', storage_urls, (), later=True),
    Field("storage", "confirmed_regions", "Regions that the data protection officer looked up with "
          'the provider and found to be in the United Kingdom: ["aws eu-west-2"]',
          confirmed_regions, (), later=True),
    Field("storage", "declared_places", "Folders on a network drive, or synchronised to a cloud "
          "service, that stay in the United Kingdom and may be used; any other is refused",
          _folders, (), later=True),
)  # fmt: skip


def regions_fault(values: Mapping[str, Any]) -> str:
    """Say which regions are named and not confirmed, nothing where all are."""
    missing = unconfirmed(values["storage_urls"], values["confirmed_regions"])
    if not missing:
        return ""
    return (
        f"storage.storage_urls names {', '.join(missing)}, which storage.confirmed_regions lacks: "
        "the data protection officer looks up where it is"
    )
