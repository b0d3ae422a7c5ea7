"""A mapping at work: which of its lines had anything to rename, so that no misspelt one is idle."""

from dataclasses import dataclass, field

from casescope.identified.intake.mapping import ColumnMapping, MappedSheet
from casescope.identified.intake.sheet import Sheet


@dataclass
class MappingInUse:
    """A mapping that is applied to one sheet after another."""

    mapping: ColumnMapping
    _had: dict[int, set[str]] = field(default_factory=dict, init=False)

    @property
    def digest(self) -> str:
        """Return what the mapping does as one hash."""
        return self.mapping.digest

    def applied_to(self, sheet: Sheet) -> Sheet:
        """Return the sheet in our words, and remember which columns it had for the mapping."""
        mapped = self.mapping.applied_to(sheet)
        if isinstance(mapped, MappedSheet):
            had = self._had.setdefault(self.mapping.tables.index(mapped.part), set())
            had |= {name.strip().upper() for name in sheet.header}
        return mapped

    def idle(self) -> list[tuple[str, str]]:
        """Return each table and column of theirs that the mapping names and no file of it had."""
        return [
            (part.table.name, theirs)
            for place, part in enumerate(self.mapping.tables)
            for theirs in part.columns
            if theirs not in self._had.get(place, ())
        ]
