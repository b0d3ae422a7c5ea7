"""Who is who: person records, women, their children, and the ids of SSDA903."""

from datetime import date
from functools import cached_property, cmp_to_key

from tests.oracle.reading import code, day, folded, squeezed
from tests.worlds import Row, World

Woman = frozenset[str]
"""A real person as the set of her person records."""

BIRTH = {"birth", "", "unknown"}
OTHER_SERIES = ("903", "upn", "nhs")
"""Identifiers of these types are numbers of another series than the case system's ids."""

SHARED_KINDS = ("family", "household", "sibling", "group", "address", "case")
"""Identifiers of these types say where somebody belongs, not who they are."""

UNKNOWN_UPNS = {f"UN{number}" for number in range(1, 8)}

NO_NAMES = {"unknown", "not", "known", "mother", "birth", "baby", "unborn"}
"""Words that stand where no name is known (of those that the product knows, some)."""

FIRST_YEAR = 1920
"""A birth date before it stands where none is known."""

NO_NUMBERS = {"ssd_ph", "placeholder_data", "null", "none", "unknown", "notknown", "n/a", "tbc"}
"""What stands where there is no number."""


class People:
    """Everybody in a world, joined on declared identity only (strict linkage)."""

    def __init__(self, world: World) -> None:
        self.world = world

    @cached_property
    def records(self) -> list[str]:
        """All person records, in the order in which the extract registers them."""
        ids = [row["pers_person_id"] for row in self.world.rows("person")]
        for row in self.world.rows("mother"):
            ids += [row["moth_person_id"], row["moth_childs_person_id"]]
        return list(dict.fromkeys(person.strip() for person in ids if person.strip()))

    def facts(self, person: str) -> list[Row]:
        """Return the person rows of one record."""
        return [r for r in self.world.rows("person") if r["pers_person_id"].strip() == person]

    def first_date(self, woman: Woman, column: str) -> date | None:
        """Return a date from her records: the earliest-registered record that has one."""
        for person in self.records:
            for row in self.facts(person) if person in woman else []:
                if (found := day(row[column])) and self.is_past(found):
                    return found
        return None

    def is_past(self, when: date | None) -> bool:
        """Answer whether a date is known and not after the reference date."""
        return when is not None and when <= self.world.reference_date

    # strict linkage

    def identifiers(self, person: str) -> set[tuple[str, str]]:
        """Return the (type, value) pairs of one record's linked identifiers."""
        return {
            (squeezed(row["link_identifier_type"]), squeezed(row["link_identifier_value"]))
            for row in self.world.rows("linked_identifier")
            if row["link_person_id"].strip() == person and is_of_one_person(row)
        }

    def marks(self, person: str) -> set[tuple[str, ...]]:
        """Return everything that declares an identity: two records that share one are one woman."""
        found: set[tuple[str, ...]] = {
            ("link", kind, value) for kind, value in self.identifiers(person) if is_number(value)
        }
        found.add(("id", squeezed(person)))
        found |= {
            ("id", value)
            for kind, value in self.identifiers(person)
            if not any(series in kind.lower() for series in OTHER_SERIES)
        }
        for row in self.facts(person):
            found |= _marks_of_row(row)
        return found

    def are_declared_same(self, one: str, other: str) -> bool:
        """Answer whether two records are joined directly."""
        shared = self.marks(one) & self.marks(other)
        named = {("id", squeezed(one)), ("id", squeezed(other))}
        # Two values of linked identifiers that name the same third id need the same type to join;
        # two legacy ids join as they are.
        return any(mark[0] != "id" or mark in named for mark in shared)

    @cached_property
    def women(self) -> dict[str, Woman]:
        """Each person record's cluster: all records joined to it, however indirectly."""
        clusters = {person: frozenset({person}) for person in self.records}
        for one in self.records:
            for other in self.records:
                if one < other and self.are_declared_same(one, other):
                    joined = clusters[one] | clusters[other]
                    clusters.update(dict.fromkeys(joined, joined))
        return clusters

    # mothers and children

    @cached_property
    def births(self) -> list[Row]:
        """The relationship rows that make somebody a mother."""
        return [row for row in self.world.rows("mother") if self.is_birth(row)]

    def is_birth(self, row: Row) -> bool:
        """Answer whether a relationship row is usable: by birth, begun, and not with oneself."""
        mother, child = row["moth_person_id"].strip(), row["moth_childs_person_id"].strip()
        begun = day(row["moth_start_date"])
        return (
            bool(mother and child)
            and self.women[mother] != self.women[child]
            and not self.is_nobody(mother)
            and row["moth_relationship"].strip().lower() in BIRTH
            and (begun is None or self.is_past(begun))
        )

    def is_nobody(self, person: str) -> bool:
        """Answer whether a record says no more of somebody than that she is not known."""
        rows = self.facts(person)
        return bool(rows) and all(_says_nothing(row) for row in rows)

    @cached_property
    def mothers(self) -> set[Woman]:
        """All women: everybody named as mother in a usable relationship row."""
        return {self.women[row["moth_person_id"].strip()] for row in self.births}

    def mother_of(self, child: str) -> Woman | None:
        """Return the one mother that is used for a child."""
        rows = [row for row in self.births if row["moth_childs_person_id"].strip() == child]
        rows.sort(key=cmp_to_key(_compare_relationships))
        return self.women[rows[0]["moth_person_id"].strip()] if rows else None

    @cached_property
    def withheld(self) -> set[Woman]:
        """People on the restriction list, with all their records."""
        listed = [person for person in self.world.restricted if person in self.women]
        return {self.women[person] for person in listed}

    def children(self, woman: Woman) -> list[str]:
        """Return her children by birth, unborn ones too, without those who are restricted."""
        if woman in self.withheld:
            return []
        return [child for child in self.children_of_anybody if self.mother_of(child) == woman]

    @cached_property
    def children_of_anybody(self) -> list[str]:
        """Children of a usable relationship who are not restricted themselves."""
        named = {row["moth_childs_person_id"].strip() for row in self.births}
        return sorted(child for child in named if self.women[child] not in self.withheld)

    def born(self, child: str) -> date | None:
        """Return a child's date of birth: case system, else relationship table, else 903 header."""
        rows = [r for r in self.births if r["moth_childs_person_id"].strip() == child]
        headers = [r for r in self.world.rows("header") if self.person_of(r["CHILD"]) == child]
        for texts in (
            [row["pers_dob"] for row in self.facts(child)],
            [row["moth_childs_dob"] for row in rows],
            [row["DOB"] for row in headers],
        ):
            known = [found for text in texts if (found := day(text)) and self.is_past(found)]
            if known:
                return min(known)
        return None

    def due(self, child: str) -> date | None:
        """Return the expected date of an unborn child; nothing for one born by today."""
        expected = [day(row["pers_expected_dob"]) for row in self.facts(child)]
        born = self.is_past(self.born(child))
        return None if born else next((found for found in expected if found), None)

    # -- ids of SSDA903

    def person_of(self, child903: str) -> str | None:
        """Return the person record of a `CHILD` of SSDA903; nothing if none or two."""
        if child903.strip() in self.women:
            return child903.strip()
        by_identifier = {
            person
            for person in self.records
            if squeezed(child903) in {value for _, value in self.identifiers(person)}
        }
        found = by_identifier or self.with_upn_of(child903)
        return found.pop() if len(found) == 1 else None

    def with_upn_of(self, child903: str) -> set[str]:
        """Return the person records that have the UPN which a 903 header gives for this child."""
        headers = [r for r in self.world.rows("header") if r["CHILD"].strip() == child903.strip()]
        upns = {squeezed(row["UPN"]) for row in headers}
        upns = {upn for upn in upns if upn and not upn.startswith("UN")}
        return {p for p in self.records if upns & {squeezed(r["pers_upn"]) for r in self.facts(p)}}


def _marks_of_row(row: Row) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    if is_number(row["pers_single_unique_id"]):
        found.add(("single", squeezed(row["pers_single_unique_id"])))
    if squeezed(row["pers_upn"]) and code(row["pers_upn"]) not in UNKNOWN_UPNS:
        found.add(("upn", squeezed(row["pers_upn"])))
    if legacy := squeezed(row["pers_legacy_id"]):
        found |= {("legacy", legacy), ("id", legacy)} if is_number(legacy) else {("id", legacy)}
    name = (folded(row["pers_forename"]), folded(row["pers_surname"]))
    are_names = is_name(row["pers_forename"]) and is_name(row["pers_surname"])
    if all(name) and are_names and (born := day(row["pers_dob"])) and born.year >= FIRST_YEAR:
        found.add(("name", *name, born.isoformat()))
    return found


def _compare_relationships(one: Row, other: Row) -> int:
    """Put the relationship to be used first: earlier start, then lower `moth_table_id`."""
    starts = [day(row["moth_start_date"]) or date.max for row in (one, other)]
    if starts[0] != starts[1]:
        return -1 if starts[0] < starts[1] else 1
    ids = [row["moth_table_id"].strip() for row in (one, other)]
    if "" in ids:
        return (ids[0] == "") - (ids[1] == "")
    low, high = map(int, ids) if all(text.isdigit() for text in ids) else ids
    return (low > high) - (low < high)


def is_of_one_person(row: Row) -> bool:
    """Answer whether a linked identifier can say who somebody is."""
    value = squeezed(row["link_identifier_value"])
    shared = any(kind in row["link_identifier_type"].lower() for kind in SHARED_KINDS)
    return bool(value) and value.upper() not in UNKNOWN_UPNS and not shared


def is_number(text: str) -> bool:
    """Answer whether an identifier can be somebody's: no word for none, no digit over and over."""
    value = squeezed(text)
    over_and_over = len(set(value)) == 1 and (len(value) >= 5 or value[0] == "0")
    return bool(value) and value.lower() not in NO_NUMBERS and not over_and_over


def is_name(text: str) -> bool:
    """Answer whether anything in a name is more than words for one that is not known."""
    words = "".join(letter if letter.isalpha() else " " for letter in text.casefold()).split()
    return bool(set(words) - NO_NAMES)


def _says_nothing(row: Row) -> bool:
    written = row["pers_forename"] + row["pers_surname"]
    born = day(row["pers_dob"])
    return (
        len(written.strip()) > 1
        and not is_name(row["pers_forename"])
        and not is_name(row["pers_surname"])
        and (born is None or born.year < FIRST_YEAR)
        and not row["pers_expected_dob"].strip()
        and not row["pers_single_unique_id"].strip()
        and not row["pers_upn"].strip()
    )
