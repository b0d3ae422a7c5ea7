"""Storage URLs: an explicit region in the United Kingdom, confirmed, and no other beside it."""

import pytest
from tests.unit.governance.test_study_file import MINIMAL

from casescope.governance.study_file.line import FaultError
from casescope.governance.study_file.regions import (
    TRAPS,
    UK_REGIONS,
    confirmed_regions,
    provider_of,
    storage_urls,
    unconfirmed,
)
from casescope.governance.study_file.study import read_study
from casescope.kernel.errors import StudyFileRefused

GOOD = [
    "s3://otterby-study/a eu-west-2",
    "https://otterby.s3.eu-west-2.amazonaws.com/a eu-west-2",
    "https://s3-eu-west-2.amazonaws.com/us-data eu-west-2",
    "https://us-data.s3.eu-west-2.amazonaws.com eu-west-2",
    "https://otterby.blob.core.windows.net/study uksouth",
    "abfss://study@otterby.dfs.core.windows.net/a uksouth ukwest",
    "gs://otterby-study europe-west2",
    "https://objectstorage.uk-london-1.oraclecloud.com/n/a uk-london-1 uk-cardiff-1",
    "https://s3.eu-gb.cloud-object-storage.appdomain.cloud/a eu-gb",
]


@pytest.mark.parametrize("line", GOOD)
def test_a_region_of_the_united_kingdom(line):
    assert storage_urls([line]) == (line,)


@pytest.mark.parametrize(("line", "because"), [
    ("s3://otterby-study/a", "its region"),
    ("s3://otterby-study/a eu-west-1", "Ireland"),
    ("s3://otterby-study/a eu-west-2 eu-west-1", "Ireland"),
    ("s3://otterby-study/a us-east-1", "not known to be in the United Kingdom"),
    ("s3://otterby-study/a uksouth", "of aws these are: eu-west-2"),
    ("https://otterby.s3.eu-west-1.amazonaws.com/a eu-west-2", "Ireland"),
    ("https://s3-eu-west-1.amazonaws.com/a eu-west-2", "Ireland"),
    ("https://otterby.s3-accelerate.amazonaws.com/a eu-west-2", "abroad"),
    ("gs://otterby-study eu", "multi-region EU has no place in the United Kingdom"),
    ("gs://otterby-study EU", "multi-region EU"),
    ("gs://otterby-study europe-west1", "Belgium"),
    ("gs://otterby-study eur4", "Netherlands"),
    ("https://storage.me-central2.rep.googleapis.com/a europe-west2", "not known"),
    ("https://otterby.blob.core.windows.net/study northeurope", "Ireland"),
    ("https://otterby.blob.core.windows.net/study westeurope", "Netherlands"),
    ("https://otterby.blob.core.windows.net/study global", "wherever"),
    ("https://s3.eu-de.cloud-object-storage.appdomain.cloud/a eu-gb", "not known"),
    ("https://s3.eu.cloud-object-storage.appdomain.cloud/a eu-gb", "multi-region"),
    ("https://otterby.example.org/study eu-west-2", "stored_in"),
    ("https://otterby.blob.core.windows.net/study?sig=abc uksouth", "signature"),
    ("https://ann:secret@otterby.s3.eu-west-2.amazonaws.com eu-west-2", "password"),
    ("", "empty"),
])  # fmt: skip
def test_anything_else_is_refused_with_why(line, because):
    with pytest.raises(FaultError) as fault:
        storage_urls([line])
    assert because in str(fault.value)
    assert "secret" not in str(fault.value)


def test_no_region_counts_before_somebody_confirmed_it():
    for region in UK_REGIONS:
        assert confirmed_regions([str(region).upper()]) == (str(region),)
    with pytest.raises(FaultError, match="aws eu-west-2"):
        confirmed_regions(["aws eu-west-1"])
    assert unconfirmed(tuple(GOOD), ("aws eu-west-2", "ibm eu-gb")) == (
        "azure uksouth", "azure ukwest", "gcp europe-west2", "oci uk-london-1", "oci uk-cardiff-1",
    )  # fmt: skip


def test_a_study_says_it_in_its_file():
    lines = '\n[storage]\nstorage_urls = ["s3://otterby eu-west-2"]\n'
    with pytest.raises(StudyFileRefused, match="aws eu-west-2, which storage"):
        read_study(MINIMAL + lines)
    study = read_study(MINIMAL + lines + 'confirmed_regions = ["aws eu-west-2"]\n')
    assert study.storage.storage_urls == ("s3://otterby eu-west-2",)
    assert not study.storage.is_stated


def test_no_trap_is_on_the_list():
    assert not {region.name for region in UK_REGIONS} & set(TRAPS)
    assert provider_of("https://amazonaws.com.example.org/") == ""
