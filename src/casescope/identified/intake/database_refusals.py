"""What a database's errors mean to a person; its own words may quote a row or an address."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from casescope.kernel.errors import InputRefused, UserError

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.exc import DBAPIError

_LOGIN, _DATABASE, _PERMISSION, _SNAPSHOT, _REACH, _LOST, _OTHER = range(7)

_SQLSTATES = {"28": _LOGIN, "3D": _DATABASE, "42501": _PERMISSION, "08": _LOST, "57P": _LOST}
_NUMBERS = {
    18456: _LOGIN,
    18452: _LOGIN,
    4060: _DATABASE,
    229: _PERMISSION,
    230: _PERMISSION,
    3952: _SNAPSHOT,
    20002: _REACH,
    20009: _REACH,
    20003: _LOST,
    20004: _LOST,
    20006: _LOST,
    20047: _LOST,
}
"""SQL Server's and FreeTDS's own numbers."""

_WORDS = (
    ("password", _LOGIN),
    ("authentication", _LOGIN),
    ("pg_hba", _LOGIN),
    ("role", _LOGIN),
    ("login failed", _LOGIN),
    ("invalid connection option", _OTHER),
)


def not_an_address() -> UserError:
    """Return the refusal of a --from that names no database we can read."""
    return InputRefused(
        "--from is not the address of a PostgreSQL or SQL Server database.",
        "Write it as postgresql://USER@HOST:PORT/DATABASE or mssql://USER@HOST:PORT/DATABASE, "
        "without the password.",
    )


def no_schema(name: str) -> UserError:
    """Return the refusal of a schema that the database has not."""
    return InputRefused(
        f"The database has no schema '{name}' that this user can see.",
        "Name the schema that holds the tables with --schema.",
    )


def no_tables(name: str) -> UserError:
    """Return the refusal of a schema in which nothing bears a name that casescope knows."""
    return InputRefused(
        f"The schema '{name}' holds no table or view that casescope looks for.",
        "Name the schema that holds them with --schema, and see that this user may look into it.",
    )


@contextmanager
def refusing(url: "URL", what: str, *, reading: bool = False) -> Iterator[None]:
    """Turn whatever the database or its driver raises into one sentence about `what`."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        raise _refusal(_meaning(error, reading=reading), url, what, _code(error)) from None
    except (SQLAlchemyError, UnicodeError):
        raise _refusal(_OTHER, url, what, "") from None
    except TypeError:
        if reading:
            raise
        # a driver raises it for an option of the address that it does not know
        raise _refusal(_OTHER, url, what, "") from None


def _meaning(error: "DBAPIError", *, reading: bool) -> int:
    code, said = _code(error), str(error.orig).lower()
    if code.isdigit() and int(code) in _NUMBERS:
        found = _NUMBERS[int(code)]
        return _LOST if reading and found == _REACH else found
    for length in (5, 3, 2):
        if code[:length] in _SQLSTATES:
            return _SQLSTATES[code[:length]]
    if code:
        return _OTHER
    if reading or error.connection_invalidated:
        return _LOST
    return _meaning_of_words(said)


def _meaning_of_words(said: str) -> int:
    """Return what a failed connection means; psycopg gives no code for it, only words."""
    if "database" in said and "does not exist" in said:
        return _DATABASE
    return next((meaning for word, meaning in _WORDS if word in said), _REACH)


def _code(error: "DBAPIError") -> str:
    """Return the SQLSTATE, or SQL Server's number; empty where the driver gives neither."""
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return str(state)
    first = next(iter(getattr(error.orig, "args", ())), None)
    while isinstance(first, tuple) and first:
        first = first[0]
    return str(first) if isinstance(first, int) else ""


def _refusal(meaning: int, url: "URL", what: str, code: str) -> UserError:
    host = url.host or "this machine"
    said = {
        _LOGIN: (
            "The database refused the user name or the password.",
            "Check both; a password that is not in the address is asked for, or read from "
            "CASESCOPE_DATABASE_PASSWORD.",
        ),
        _DATABASE: (
            "The server has no database of that name that this user may open.",
            "Check the last part of the address.",
        ),
        _PERMISSION: (
            f"This user may not read {what}; nothing was loaded.",
            "Ask for leave to read it (USAGE on the schema, SELECT on the table), and load again.",
        ),
        _SNAPSHOT: (
            "The database does not allow snapshot isolation, so its tables could be read as they "
            "stood at different moments.",
            "Ask for ALLOW_SNAPSHOT_ISOLATION, or for a database snapshot or read-only copy to "
            "read from; else load files.",
        ),
        _REACH: (
            f"The database server at {host} cannot be reached.",
            "Check the host and port, the network or VPN, and that the server is running.",
        ),
        _LOST: (
            f"The connection was lost while reading {what}; nothing was loaded.",
            "Load again; what was loaded before still stands.",
        ),
    }
    if meaning in said:
        return InputRefused(*said[meaning])
    reason = f" (error {code})" if code else ""
    return InputRefused(
        f"The database could not give {what}{reason}; nothing was loaded.",
        "Show this line to whoever keeps the database.",
    )
