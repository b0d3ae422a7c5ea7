"""What each partner's packages call a woman: a random token of its own, once, for good.

One layer a partner. A later version of a package keeps a woman's token; no token is in two
partners' packages, and none can be worked out from anything.
"""

import secrets
from collections.abc import Sequence

import duckdb

_LAYER = "tokens_"


def layer_name(fingerprint: str) -> str:
    """Return the name of the layer for the partner of that card."""
    return _LAYER + fingerprint.replace("-", "")


def is_of_partner(layer: str) -> bool:
    """Say whether a layer of that name holds a partner's tokens."""
    return layer.startswith(_LAYER)


def tokens_in(connection: duckdb.DuckDBPyConnection, layer: str) -> dict[str, str]:
    """Return the partner's token of each woman, by her token in the analysis dataset."""
    return dict(connection.execute(f"SELECT woman, token FROM {layer}.token").fetchall())


def extend(connection: duckdb.DuckDBPyConnection, women: Sequence[str]) -> None:
    """Write the map so far into the new layer, with a token for each woman who has none yet.

    Rows lie in the order of tokens, which says nothing of who came when.
    """
    attached = connection.execute(
        "SELECT 1 FROM duckdb_databases() WHERE database_name = 'previous'"
    ).fetchone()
    held = tokens_in(connection, "previous") if attached else {}
    fresh = {woman: secrets.token_hex(16) for woman in women if woman not in held}
    connection.execute(
        "CREATE TABLE token (woman VARCHAR PRIMARY KEY, token VARCHAR NOT NULL UNIQUE)"
    )
    rows = sorted((held | fresh).items(), key=lambda row: row[1])
    connection.execute(
        "INSERT INTO token SELECT unnest($women), unnest($tokens)",
        {"women": [woman for woman, _ in rows], "tokens": [token for _, token in rows]},
    )
