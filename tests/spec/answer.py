"""A cohort's JSON, read the way a specification speaks of it."""

from typing import Any


class Answer:
    """What one implementation says about one world."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said

    def woman(self, person: str) -> dict[str, Any]:
        """Return the woman with this person record; a woman not shown has nothing."""
        nobody = {"tier": None, "removed_children": [], "events": [],
                  "repeat_events": 0, "children": [], "person_ids": []}  # fmt: skip
        return next((w for w in self.said["women"] if person in w["person_ids"]), nobody)

    def events(self, person: str = "m1") -> list[str]:
        """Return her events as `date children route`, such as `2021-01-01 c1,c2 court`."""
        return [
            f"{event['date']} {','.join(event['children'])} {event['route']}"
            for event in self.woman(person)["events"]
        ]

    def tier(self, person: str = "m1") -> str | None:
        """Return her tier; nothing if she is in none or not shown."""
        tier: str | None = self.woman(person)["tier"]
        return tier

    def removed(self, person: str = "m1") -> list[str]:
        """Return her removed children."""
        removed: list[str] = self.woman(person)["removed_children"]
        return removed

    def repeats(self, person: str = "m1") -> int:
        """Return her later events with a new child."""
        repeats: int = self.woman(person)["repeat_events"]
        return repeats

    def in_her_care(self, person: str = "m1") -> str:
        """Return whether a child is in her care: no, recorded or unknown."""
        answer: str = self.woman(person)["in_her_care"]
        return answer

    def left_by(self) -> list[str]:
        """Return the lines of the flow by which women leave it, once for each woman."""
        outs = ("died", "age_not_known", "outside_age", "left_area", "no_removal",
                "outside_lookback")  # fmt: skip
        return [name for name in outs for _ in range(self.flow[name])]

    @property
    def flow(self) -> dict[str, int]:
        """Return the flow diagram's numbers by the names of its lines."""
        return {line["step"]: line["women"] for line in self.said["flow"]}
