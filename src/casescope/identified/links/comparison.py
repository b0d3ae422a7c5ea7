"""How two records of women are compared: what each may agree in, and what each way is worth.

The probabilities are where training starts and, where a file is too small to teach anything,
where it ends. `m` is how often two records of one woman stand so, whether or not they
declare to be hers (see ADR 16 for where each comes from); `u` how often two women's do.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One way in which two values may stand, in a word for the review, as SQL over `_l` and `_r`.

    `frequency` names the column by whose frequency agreement is weighed: to share a rare name says
    more than to share a common one.
    """

    word: str
    condition: str
    m: float
    u: float
    frequency: str = ""


@dataclass(frozen=True)
class Comparison:
    """One thing that is compared: when it cannot be, its levels from best to worst."""

    name: str
    unknown: str
    levels: tuple[Level, ...]

    def case(self) -> str:
        """Return SQL for the number of the level: -1 unknown, 0 the worst."""
        whens = "".join(
            f" WHEN {level.condition} THEN {len(self.levels) - 1 - place}"
            for place, level in enumerate(self.levels[:-1])
        )
        return f"CASE WHEN {self.unknown} THEN -1{whens} ELSE 0 END"

    def word(self, number: int) -> str:
        """Return the word for a level's number."""
        return "not known" if number < 0 else self.levels[len(self.levels) - 1 - number].word

    def number(self, word: str) -> int:
        """Return the number of a level by its word."""
        return next(n for n in range(len(self.levels)) if self.word(n) == word)


def _missing(*columns: str) -> str:
    return " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in "lr")


def _share(column: str, other: str = "") -> str:
    return f"list_has_any({column}_l, {other or column}_r)"


def _either(column: str, other: str) -> str:
    return f"({_share(column, other)} OR {_share(other, column)})"


def _misspelt(column: str, *, frame: int, are_known: str = "false", is_known: str = "false") -> str:
    """Return SQL for a slip or two of the pen, or a name as it was heard.

    Two names that are known (SQL: `are_known`; `is_known` if one of them is), or are borne by about
    as many, are two names: a wrong spelling is far rarer than the right one. Only a last letter may
    be missing from either, or all but the vowels be one (of `frame` letters at least).
    """
    slips = f"damerau_levenshtein({column}_l, {column}_r)"
    shorter = f"least(length({column}_l), length({column}_r))"
    longer_by = f"abs(length({column}_l) - length({column}_r))"
    fewer = f"least(bearers_{column}_l, bearers_{column}_r)"
    more = f"greatest(bearers_{column}_l, bearers_{column}_r)"
    begins = (
        f"(starts_with({column}_l, {column}_r) OR starts_with({column}_r, {column}_l)) "
        f"AND {shorter} >= 4 AND {longer_by} = 1"
    )
    # of two slips hardly ever one is in the first letter
    two_slips = (
        f"(({shorter} >= 7 OR {shorter} >= 5 AND {is_known}) AND {column}_l[1] = {column}_r[1])"
    )
    # one name as it is heard, or but for its vowels, is spelt both ways by many
    spelt_both_ways = (
        f"(sound_{column}_l = sound_{column}_r AND {shorter} >= 5 OR {slips} <= 2 "
        f"AND frame_{column}_l = frame_{column}_r AND length(frame_{column}_l) >= {frame})"
    )
    return (
        f"(({begins}) OR NOT ({are_known}) AND {longer_by} <= 2 AND {spelt_both_ways} "
        f"OR NOT ({are_known}) AND ({fewer} < 3 OR {fewer} * 10 < {more}) "
        # slips take long to count, and two names mostly differ in length by more
        f"AND ({longer_by} <= 2 "
        f"AND {slips} <= CASE WHEN {two_slips} THEN 2 WHEN {shorter} >= 3 THEN 1 ELSE 0 END "
        f"OR sound_{column}_l = sound_{column}_r "
        f"OR ({shorter} >= 5 AND jaro_winkler_similarity({column}_l, {column}_r) >= 0.94)))"
    )


_FORENAME_MISSPELT = _misspelt(
    "forename",
    frame=4,
    are_known="known_forename_l AND known_forename_r",
    is_known="known_forename_l <> known_forename_r",
)
_SURNAME_MISSPELT = _misspelt("surname", frame=5)
_FORENAME_ALIKE = (
    "NOT (known_forename_l AND known_forename_r) "
    "AND (least(bearers_forename_l, bearers_forename_r) < 3 OR "
    "least(bearers_forename_l, bearers_forename_r) * 3 "
    "< greatest(bearers_forename_l, bearers_forename_r)) "
    "AND least(length(forename_l), length(forename_r)) >= 3 "
    "AND (damerau_levenshtein(forename_l, forename_r) = 1 "
    "OR jaro_winkler_similarity(forename_l, forename_r) >= 0.85)"
)
_NEAR_ANOTHER = (
    "least(length(forename_l), length(forename_r)) >= 3 "
    "AND (damerau_levenshtein(forename_l, forename_r) = 1 "
    "OR frame_forename_l = frame_forename_r AND damerau_levenshtein(forename_l, forename_r) = 2)"
)
"""A slip apart, but both are names: it may be hers misspelt, and may be her twin's."""

_SURNAME_ALIKE = (
    "least(length(surname_l), length(surname_r)) >= 4 "
    "AND (abs(length(surname_l) - length(surname_r)) <= 2 "
    "AND damerau_levenshtein(surname_l, surname_r) <= 2 "
    "OR jaro_winkler_similarity(surname_l, surname_r) >= 0.88)"
)
"""So near in letters that the one may be the other, though some bear either."""

_PART_MISSPELT = " OR ".join(
    f"least(bearers_surname_l, bearers_surname_r) < 3 "
    f"AND length(surname_{one}) >= 5 AND length(surname_{other}) >= length(surname_{one}) + 3 "
    f"AND {end}(surname_{one}, 2) = {end}(surname_{other}, 2) "
    f"AND damerau_levenshtein({end}(surname_{other}, length(surname_{one})), surname_{one}) "
    f"<= CASE WHEN length(surname_{one}) >= 7 THEN 2 ELSE 1 END"
    for one, other in ("lr", "rl")
    for end in ("left", "right")
)
"""One is a part of the other, as in a double name or one cut short, but for a slip or two."""


def _swapped(one: str, other: str) -> str:
    """Return SQL: one's forename is the other's surname, and back again, but for a slip."""
    return (
        f"(forename_{one} = surname_{other} "
        f"AND (damerau_levenshtein(surname_{one}, forename_{other}) <= 1 "
        f"OR sound_surname_{one} = sound_forename_{other}))"
    )


_SWAPPED = (
    "((list_contains(surnames_l, forename_r) AND list_contains(surnames_r, forename_l)) "
    f"OR {_swapped('l', 'r')} OR {_swapped('r', 'l')})"
)
_SHORT_FORM = " OR ".join(
    f"length(forename_{one}) >= 3 AND starts_with(forename_{other}, forename_{one}) "
    "AND NOT (known_forename_l AND known_forename_r)"
    for one, other in ("lr", "rl")
)
_OWN_CHILD = _either("surnames", "kin")
_OPENING = "(strftime(dob_l, '%m%d') = '0101' OR strftime(dob_r, '%m%d') = '0101')"
_BOTH_OPENING = "(strftime(dob_l, '%m%d') = '0101' AND strftime(dob_r, '%m%d') = '0101')"
_WITHIN_TWO_YEARS = "abs(date_diff('day', dob_l, dob_r)) <= 731"
_ONE_YEAR = "substr(digits_l, 1, 4) = substr(digits_r, 1, 4)"

_MIDDLES_DIFFER = (
    "NOT starts_with(middle_l, middle_r) AND NOT starts_with(middle_r, middle_l) "
    # of two middle names the second alone
    "AND NOT ends_with(middle_l, middle_r) AND NOT ends_with(middle_r, middle_l) "
    # a slip or two, by how long they are: of three letters two are another name
    "AND damerau_levenshtein(middle_l, middle_r) "
    "> least(2, least(length(middle_l), length(middle_r)) // 3)"
)

FORENAME = Comparison(
    "forename",
    _missing("forename"),
    (
        Level("same, another middle name", f"forename_l = forename_r AND {_MIDDLES_DIFFER}",
              0.003, 0.004),
        Level("same", "forename_l = forename_r", 0.77, 0.012, "forename"),
        Level("swapped with surname", _SWAPPED, 0.01, 1e-5),
        Level("variant", f"whole_l = whole_r OR {_share('called_families')}", 0.1, 0.006),
        Level(
            "also known as",
            f"{_either('called', 'forenames')} OR {_either('called_families', 'families')}",
            0.02, 0.008,
        ),
        Level("misspelt", f"{_FORENAME_MISSPELT} OR meant_l = meant_r", 0.07, 0.0012, "forename"),
        Level("short form", _SHORT_FORM, 0.01, 0.0005),
        Level("alike", _FORENAME_ALIKE, 0.012, 0.004),
        Level("near another name", _NEAR_ANOTHER, 0.004, 0.004),
        Level(
            "initial",
            "least(length(forename_l), length(forename_r)) = 1 "
            "AND left(forename_l, 1) = left(forename_r, 1)",
            0.005, 0.002,
        ),
        Level("differs", "ELSE", 0.002, 0.97),
    ),
)  # fmt: skip

SURNAME = Comparison(
    "surname",
    f"{_missing('surname')} OR {_SWAPPED}",
    (
        Level("same", "surname_l = surname_r", 0.53, 0.01, "surname"),
        Level("also known as", _share("surnames"), 0.1, 0.004),
        Level("variant", f"stem_surname_l = stem_surname_r OR {_share('surname_families')}",
              0.05, 0.0012, "surname"),
        Level("misspelt, as her child's", f"{_SURNAME_MISSPELT} AND {_OWN_CHILD}", 0.06, 1e-4,
              "surname"),
        Level("misspelt", f"{_SURNAME_MISSPELT} OR {_PART_MISSPELT}", 0.11, 0.0012, "surname"),
        Level("her child's", _OWN_CHILD, 0.07, 0.008),
        Level("alike", _SURNAME_ALIKE, 0.02, 0.004),
        Level("differs", "ELSE", 0.11, 0.971),
    ),
)  # fmt: skip

BIRTH = Comparison(
    "birth",
    _missing("dob"),
    (
        Level("same", "dob_l = dob_r AND strftime(dob_l, '%m%d') <> '0101'", 0.773, 1.1e-4),
        Level("same, on 1 January", "dob_l = dob_r", 0.012, 2e-5),
        Level(
            "day and month swapped",
            f"{_ONE_YEAR} AND substr(digits_l, 5, 2) = substr(digits_r, 7, 2) "
            "AND substr(digits_l, 7, 2) = substr(digits_r, 5, 2)",
            0.04, 4e-5,
        ),
        Level("1 January of the year", f"{_ONE_YEAR} AND {_OPENING}", 0.05, 0.0012),
        Level(
            "one slip",
            "(damerau_levenshtein(digits_l, digits_r) = 1 OR (substr(digits_l, 5, 4) = "
            "substr(digits_r, 5, 4) AND abs(year(dob_l) - year(dob_r)) IN (1, 10))) "
            # 1 January stands for any day of the year: two of different years agree in nothing
            f"AND NOT {_BOTH_OPENING}",
            0.067, 0.0025,
        ),
        Level("within ten days", "abs(date_diff('day', dob_l, dob_r)) <= 10", 0.016, 0.0012),
        Level(
            "near",
            "(substr(digits_l, 5, 4) = substr(digits_r, 5, 4) "
            f"AND abs(date_diff('day', dob_l, dob_r)) < 1900 AND NOT {_BOTH_OPENING}) "
            f"OR ({_ONE_YEAR} AND (substr(digits_l, 5, 2) = substr(digits_r, 5, 2) "
            "OR substr(digits_l, 7, 2) = substr(digits_r, 7, 2)))",
            0.022, 0.005,
        ),
        Level(
            "in part",
            f"{_ONE_YEAR} OR ({_WITHIN_TWO_YEARS} AND ({_OPENING} OR month(dob_l) = month(dob_r)))",
            0.009, 0.05,
        ),
        Level("within two years", _WITHIN_TWO_YEARS, 0.003, 0.05),
        Level("differs", "ELSE", 0.008, 0.89),
    ),
)  # fmt: skip

POSTCODE = Comparison(
    "postcode",
    _missing("near_homes"),
    (
        Level("same", _share("homes"), 0.35, 3e-4),
        Level("her child's", _share("near_homes"), 0.15, 6e-4),
        Level("differs", "ELSE", 0.5, 0.999),
    ),
)

NHS = Comparison(
    "nhs",
    _missing("nhs"),
    (Level("same", _share("nhs"), 0.98, 1e-6), Level("differs", "ELSE", 0.02, 1.0)),
)

CHILDREN = Comparison(
    "children",
    _missing("children"),
    (
        Level("shared", _share("children"), 0.03, 1e-5),
        Level("same name and birth", _share("child_names"), 0.02, 2e-5),
        Level("same name, a slip in the birth date", _share("child_slips"), 0.01, 5e-4),
        Level(
            "born too near each other",
            f"{_share('barred', 'born')} OR {_share('born', 'barred')}",
            0.01, 0.2,
        ),
        Level("may be siblings", "ELSE", 0.94, 0.8),
    ),
)  # fmt: skip

CARE = Comparison(
    "care",
    f"({_missing('events')}) AND ({_missing('proceedings')})",
    (
        Level("in one set of proceedings", _share("proceedings"), 0.12, 1e-5),
        Level("on one day", _share("events"), 0.15, 0.002),
        Level("on other days", "ELSE", 0.73, 0.998),
    ),
)  # fmt: skip

ETHNICITY = Comparison(
    "ethnicity",
    _missing("ethnicity"),
    (
        Level("same", "ethnicity_l = ethnicity_r", 0.88, 0.5),
        Level("alike", "left(ethnicity_l, 1) = left(ethnicity_r, 1)", 0.05, 0.15),
        Level("differs", "ELSE", 0.07, 0.35),
    ),
)

COMPARISONS = (FORENAME, SURNAME, BIRTH, POSTCODE, NHS, CHILDREN, CARE, ETHNICITY)

COLUMNS = (
    "forename", "meant", "middle", "whole", "surname", "known_forename", "bearers_forename",
    "bearers_surname", "sound_forename", "sound_surname", "frame_forename", "frame_surname",
    "forenames", "called", "families", "called_families", "surnames", "stem_surname",
    "surname_families", "kin", "dob", "digits",
    "ethnicity", "homes", "near_homes", "nhs", "children", "child_names", "child_slips", "born",
    "barred",
    "events", "proceedings",
)  # fmt: skip
"""What the conditions look at."""
