"""The person behind an id that somebody names on the command line."""

from collections.abc import Collection, Iterator

from casescope.actions.gate.gate import Permit
from casescope.governance.link_decisions import check_names_nobody
from casescope.identified.ids import PersonId, SubjectId
from casescope.identified.people.lookup import records_of, registered_as
from casescope.identified.review.reading import sides
from casescope.identified.review.standing import numbers_of
from casescope.kernel.errors import NotFound
from casescope.vault.layers import Vault


def id_from(person: str) -> PersonId:
    """Return the id without the blanks around it, as intake reads ids; refuse an empty one."""
    if not person.strip():
        raise NotFound("No person was named.", "Give a case-system id.")
    return PersonId(person.strip())


def known_records(permit: Permit, vault: Vault, person: PersonId) -> list[SubjectId]:
    """Return the subject ids of all records of the person behind an id, empty if none is known."""
    if "people" in permit.layers:
        with vault.reading([permit.layers["people"]]) as connection:
            if found := records_of(connection, person):
                return found
    if "identities" not in permit.layers:
        return []
    with vault.reading([permit.layers["identities"]]) as connection:
        return registered_as(connection, person, within="identities.identity")


def check_words(
    permit: Permit, vault: Vault, subjects: Collection[str], words: str, *, typed: str = ""
) -> None:
    """Refuse words for ledger or register that quote what the records say of these people.

    `typed` is the id by which somebody named them. After the end nothing is known of anybody.
    """
    if words.strip():
        check_names_nobody(words, [typed, *_told_of(permit, vault, subjects)])


def _told_of(permit: Permit, vault: Vault, subjects: Collection[str]) -> Iterator[str]:
    """Yield every value by which these people could be told."""
    if not {"extract", "links"} <= set(permit.layers):
        return
    with vault.reading([permit.layers[name] for name in ("extract", "links")]) as connection:
        numbers = numbers_of(connection, subjects)
        found = sides(connection, {*numbers.values()}, out_of_sight=(),
                      until=permit.study.reference_date)  # fmt: skip
    for one in found.values():
        yield from one.private()
