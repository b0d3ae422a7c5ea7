"""The person behind an id that somebody names on the command line."""

from casescope.actions.gate.gate import Permit
from casescope.identified.ids import PersonId, SubjectId
from casescope.identified.people.lookup import records_of, registered_as
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
