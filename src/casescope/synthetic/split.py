"""Gives some women a further record that nothing declares to be theirs: the linker's hard work."""

from dataclasses import replace
from datetime import date

from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import County, Record, Woman
from casescope.synthetic.people import Registry

SHARE = 0.15
"""Of the women with two or more children, at full mess."""

HOUSED = 0.6
"""Of the further records, those with an address that the first record has too; at full mess."""

SHORT = {
    "Katarzyna": "Kasia", "Rebecca": "Becky", "Samantha": "Sam", "Victoria": "Vicky",
    "Abigail": "Abi", "Charlotte": "Lottie", "Danielle": "Dani", "Natasha": "Tash",
    "Joanne": "Jo", "Nicola": "Nicky", "Zoë": "Zoe", "Siân": "Sian", "Megan": "Meg",
}  # fmt: skip


def misspelt(name: str, dice: Dice) -> str:
    """Return the name with one slip of the pen: two letters swapped, one doubled or left out."""
    if len(name) < 4:
        return name + name[-1]
    place = dice.number(1, len(name) - 2)
    slip = dice.pick(("swap", "double", "drop"))
    if slip == "swap" and name[place] != name[place + 1]:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + (name[place] * 2 if slip == "double" else "") + name[place + 1 :]


def mistaken(born: date, dice: Dice) -> date:
    """Return a birth date wrongly taken down: day and month swapped, a day off, or 1 January."""
    kind = dice.weighed({"right": 0.6, "swap": 0.15, "near": 0.1, "january": 0.15})
    if kind == "swap" and born.day <= 12:
        return date(born.year, born.day, born.month)
    if kind == "near":
        return date(born.year, born.month, born.day % 28 + 1)
    return date(born.year, 1, 1) if kind == "january" else born


def split_women(county: County, registry: Registry, dice: Dice, mess: float) -> None:
    """Move some children of some women to a second, misspelt or married record of hers."""
    for woman in county.women:
        if len(woman.children) > 1 and dice.chance(SHARE * mess):
            again = _second(woman, registry, dice)
            woman.records.append(again)
            for child in woman.children[-dice.number(1, len(woman.children) - 1) :]:
                child.mother_record = again.id


def house_second_records(county: County, dice: Dice, mess: float) -> None:
    """Enter some addresses of a woman under her further record too, as two workers would.

    Three in five have one or two of hers, so that the records share a postcode.
    """
    for woman in county.women:
        again = woman.records[-1]
        known = [home for home in woman.addresses if home.person != again.id]
        if len(woman.records) > 1 and known and dice.chance(HOUSED * mess):
            latest = dice.shuffled(known)[: dice.number(1, 2)]
            woman.addresses += [replace(home, person=again.id) for home in latest]


def _second(woman: Woman, registry: Registry, dice: Dice) -> Record:
    first = woman.records[0]
    again = replace(first, id=registry.record_id(), nhs="", upn="", died=None)
    kind = dice.weighed({"misspelt": 0.4, "married": 0.35, "known_as": 0.25})
    if kind == "married":
        again.surname = registry.surname(first.ethnicity)
        if dice.chance(0.5):
            woman.aliases.append((again.id, first.forename, first.surname, "maiden"))
    elif kind == "known_as" and first.forename in SHORT:
        again.forename = SHORT[first.forename]
    else:
        again.surname = misspelt(first.surname, dice)
    if again.born:
        again.born = mistaken(again.born, dice)
    return again
