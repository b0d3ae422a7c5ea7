"""A small study whose links are drawn by hand, so that every probability is known."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from casescope.actions.checking.cohort import cohort
from casescope.actions.checking.pairs import look, waiting
from casescope.actions.data.load import load
from casescope.actions.data.run import run
from casescope.actions.gate.gate import open_gate
from casescope.actions.work.steps import vault_of
from casescope.governance.stages import Action
from tests.functional.place import ME, TODAY, Place, begin
from tests.worlds import AUTHORITY, World, world

TOLD: dict[str, Any] = {"actor": ME, "today": TODAY}
BETWEEN, ABOVE, BELOW = ("m1", "m2"), ("m3", "m4"), ("m5", "m6")
LINKS_DRAWN = {BETWEEN: 0.8, ABOVE: 0.97, BELOW: 0.2, ("m7", "m8"): 0.6, ("m9", "m10"): 0.7}
NAMES = {
    "m1": "Xanthe", "m2": "Yseult", "m3": "Wilhelmina", "m4": "Zenobia", "m5": "Quenby",
    "m6": "Philippa", "m7": "Ottoline", "m8": "Nerissa", "m9": "Marigold", "m10": "Leocadia",
}  # fmt: skip


BY_HAND = [(one, other, probability) for (one, other), probability in LINKS_DRAWN.items()]
WHY = {"reason": "a review"}


def drawn() -> World:
    """Ten women of ten names and birth dates, each with a child taken into care in 2023."""
    people = [f"{woman} | {name} | Fernsby | 1990-06-{10 + place}"
              for place, (woman, name) in enumerate(NAMES.items())]  # fmt: skip
    people += [f"c{woman[1:]} | Peregrine | Fernsby | 2018-03-{10 + place}"
               for place, woman in enumerate(NAMES)]  # fmt: skip
    return world(
        person="\n".join(["pers_person_id | pers_forename | pers_surname | pers_dob", *people]),
        mother="\n".join(["moth_person_id | moth_childs_person_id",
                          *(f"{woman} | c{woman[1:]}" for woman in NAMES)]),
        episodes="\n".join(["CHILD | DECOM", *(f"c{woman[1:]} | 2023-0{1 + place % 9}-01"
                                              for place, woman in enumerate(NAMES))]),
    )  # fmt: skip


def begun(place: Place, extract: Path) -> None:
    """Write, begin, load and run the study."""
    drawn().write(extract)
    begin(place, {"authority": AUTHORITY, "reference_date": "2025-01-01"})
    load(place.home, [extract], **TOLD)
    run(place.home, until="people", **TOLD)


def joined(place: Place) -> set[tuple[str, ...]]:
    """Return the person ids of each woman under lenient linkage, as the people step has them."""
    run(place.home, until="people", **TOLD)
    permit = open_gate(place.home, Action.RUN, **TOLD)
    with vault_of(permit).reading([permit.layers["people"]]) as connection:
        rows = connection.execute(
            "SELECT list(person_id ORDER BY person_id) FROM people.same_woman "
            "JOIN people.record USING (subject) WHERE linkage = 'lenient' GROUP BY woman_id"
        ).fetchall()
    return {tuple(people) for (people,) in rows}


def women(place: Place, linkage: str) -> set[tuple[str, ...]]:
    """Return the person ids of each woman on the cohort list."""
    found = cohort(place.home, reason="a test", everyone=True, linkage=linkage, **TOLD)
    return {tuple(woman["person_ids"]) for woman in found["women"]}


def waits(place: Place) -> set[frozenset[str]]:
    """Return the pairs that wait, by the case system's ids."""
    found = set()
    for pair in waiting(place.home, **WHY, **TOLD):
        shown = look(place.home, *pair, **WHY, **TOLD)
        found.add(frozenset(shown["first"]["records"] + shown["second"]["records"]))
    return found


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """Do several things in threads of their own, each begun when all are ready."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connections

    ready = Barrier(len(doings))

    def do(doing: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return doing()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return [each.result() for each in [pool.submit(do, doing) for doing in doings]]
