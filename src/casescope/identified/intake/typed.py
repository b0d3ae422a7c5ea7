"""SQL that turns one column's text into its kind, and that says when it could not.

Every expression is total: text that cannot be read becomes null here, and a problem row beside it.
"""

from datetime import date

from casescope.identified.intake.tables import (
    CODE,
    DATE,
    FACTORS,
    FLAG,
    ID,
    POSTCODE,
    ExtractColumn,
)

_BLANKS = " \t\r\n\N{NO-BREAK SPACE}"
_YES = "('1', '1.0', 'y', 'yes', 'true', 't')"
_NO = "('0', '0.0', 'n', 'no', 'false', 'f')"

_EARLIEST_DAY_NUMBER = 10_000
"""In a workbook's count of days, 18 May 1927: a smaller number is more likely a year."""

_LONG_FORMS = "['%Y-%m-%d', '%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y', '%d-%b-%Y', '%d %b %Y', '%Y%m%d']"


def text_of(column: str) -> str:
    """Return SQL for the trimmed text; null where there is none, or a written-out NULL."""
    trimmed = f"""trim("{column}", '{_BLANKS}')"""
    return f"(CASE WHEN upper({trimmed}) IN ('', 'NULL') THEN NULL ELSE {trimmed} END)"


def value_of(column: ExtractColumn, first_day: date | None = None) -> str:
    """Return SQL for the column's value in its kind, given its text (as `text_of` leaves it).

    `first_day` is the day 0 of a workbook that counts days; without one a number is no date.
    """
    text = f'"{column.name.upper()}"'
    if column.kind == DATE:
        return _date(text) if first_day is None else _counted(text, first_day)
    if column.kind == FLAG:
        return (
            f"(CASE WHEN lower({text}) IN {_YES} THEN true "
            f"WHEN lower({text}) IN {_NO} THEN false END)"
        )
    if column.kind == POSTCODE:
        return f"upper(replace({text}, ' ', ''))"
    if column.kind == FACTORS:
        return _factors(text)
    if column.kind == ID:
        return (
            f"(CASE WHEN suffix({text}, '.0') AND regexp_full_match({text}, '[0-9]+[.]0') "
            f"THEN left({text}, length({text}) - 2) ELSE {text} END)"
        )
    return f"upper({text})" if column.kind == CODE else text


def unreadable(column: ExtractColumn, first_day: date | None = None) -> str:
    """Return SQL that is true where there is text but no value of the column's kind."""
    if column.kind not in (DATE, FLAG, FACTORS):
        return "false"
    return f'("{column.name.upper()}" IS NOT NULL AND {value_of(column, first_day)} IS NULL)'


def _factors(text: str) -> str:
    """Return SQL for factors as JSON: an array of codes, or an object of codes and answers.

    Codes written one after another (`1B, 4B`, or quoted as Python does) are an array too.
    """
    code = "['\"]{0,2}[0-9]{1,2}[A-Za-z]?['\"]{0,2}".replace("'", "''")
    plain = f"regexp_full_match({text}, '[[]?\\s*{code}(\\s*[,;|]\\s*{code})*\\s*[]]?')"
    codes = f"to_json(regexp_extract_all({text}, '[0-9]{{1,2}}[A-Za-z]?'))"
    read = f"TRY_CAST({text} AS JSON)"
    nested = f"regexp_matches({text}, '[[{{].*[[{{]')"
    return (
        f"(CASE WHEN {plain} THEN CAST({codes} AS VARCHAR) "
        f"WHEN json_type({read}) IN ('ARRAY', 'OBJECT') AND NOT {nested} THEN {text} END)"
    )


def _counted(text: str, first_day: date) -> str:
    """Return SQL for a date that may be written as a number of days, a part of a day after it."""
    number = f"TRY_CAST(regexp_extract({text}, '^([0-9]{{5,6}})([.][0-9]+)?$', 1) AS INTEGER)"
    day = f"(DATE '{first_day.isoformat()}' + {number})"
    return (
        f"(CASE WHEN {number} IS NULL THEN {_date(text)} "
        f"WHEN {number} >= {_EARLIEST_DAY_NUMBER} THEN {_plausible(day)} END)"
    )


def _date(text: str) -> str:
    """Return SQL for a date; two-digit years fall in the century that ends a year after $pivot.

    The two forms that nearly all files use are tried first, because they need no pattern.
    """
    british = f"length({text}) = 10 AND substr({text}, 3, 1) = '/' AND substr({text}, 6, 1) = '/'"
    iso = f"length({text}) = 10 AND substr({text}, 5, 1) = '-' AND substr({text}, 8, 1) = '-'"
    from_british = _plausible(f"try_strptime({text}, '%d/%m/%Y')")
    from_iso = _plausible(f"try_strptime({text}, '%Y-%m-%d')")
    return (
        f"(CASE WHEN {british} THEN {from_british} WHEN {iso} THEN {from_iso} "
        f"WHEN {text} IS NOT NULL THEN {_rare_date(text)} END)"
    )


def _plausible(moment: str) -> str:
    """Return SQL for the day of a moment from 1800 to 2199, null outside: years are mistyped."""
    return f"(CASE WHEN year({moment}) BETWEEN 1800 AND 2199 THEN CAST({moment} AS DATE) END)"


def _rare_date(text: str) -> str:
    day = f"regexp_replace({text}, '[T ][0-9]{{1,2}}:[0-9]{{2}}.*$', '')"
    short = f"regexp_matches({day}, '^[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2}}$')"
    two = f"TRY_CAST(right({day}, 2) AS INTEGER)"
    century = f"($pivot + 1 - (($pivot + 1 - {two}) % 100 + 100) % 100)"
    expanded = f"(left({day}, length({day}) - 2) || {century})"
    plausible = f"regexp_matches({day}, '(^|[^0-9])(1[89]|2[01])[0-9]{{2}}')"
    return (
        f"CAST(CASE WHEN {short} THEN try_strptime({expanded}, '%d/%m/%Y') "
        f"WHEN {plausible} THEN try_strptime({day}, {_LONG_FORMS}) END AS DATE)"
    )
