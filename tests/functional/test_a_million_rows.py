"""A shared dataset of a million rows: sealed, opened in memory, asked; equal to plain counting."""

import secrets

import numpy as np
import pyarrow as pa

from casescope.dataset.sharing.opening import open_in_memory
from casescope.disclosure.queries import counted
from casescope.exchange.package import package
from casescope.findings.query import vetted
from tests.unit.exchange.made import COUNCIL_KEY, OURS, THEIRS, shared
from tests.unit.sharing.drawn import ANYBODY, SOURCES, facts, written

WOMEN, ISSUES = 200_000, 800_000
TIERS = ("T1", "T2", "T3", "T4")


def drawn() -> tuple[dict[str, bytes], dict[str, int]]:
    """The three files, and how many women are in each tier."""
    random = np.random.default_rng(5)
    tokens = np.sort([secrets.token_hex(16) for _ in range(WOMEN)])
    tiers = random.choice(TIERS, WOMEN)
    care = np.where(tiers == "T1", "no", np.where(tiers == "T2", "recorded", "unknown"))
    columns = {name: [value] * WOMEN for name, value in ANYBODY.items()}
    told = {"woman": tokens, **columns, "tier": tiers, "in_her_care": care}
    of = np.repeat(tokens, ISSUES // WOMEN)
    kinds = np.tile(SOURCES[: ISSUES // WOMEN], WOMEN)
    issues = {"woman": of, "issue": kinds, "timing": ["ever"] * ISSUES,
              "state": random.choice(["yes", "no"], ISSUES)}  # fmt: skip
    about = facts()
    files = {
        "shared_about.parquet": written(pa.table({"name": [*about], "value": [*about.values()]})),
        "shared_woman.parquet": written(pa.table(told)),
        "shared_issue.parquet": written(pa.table(issues)),
    }  # fmt: skip
    return files, {tier: int((tiers == tier).sum()) for tier in TIERS}


def test_a_million_rows_are_sealed_opened_and_counted(tmp_path):
    files, right = drawn()
    path = shared(tmp_path / "large.casepkg", files=files)
    held = package.read(path, key=COUNCIL_KEY)
    assert package.opened_data(held, THEIRS.secret, OURS.secret) == files
    connection = open_in_memory(files)
    asked = vetted("SELECT tier, count(*) FROM shared_woman GROUP BY tier", connection)
    rows = counted(asked, connection, "opensafely").table.rows
    told = {row.labels[0]: int(row.cells[0].shown.replace(",", "")) for row in rows}
    for tier, women in right.items():
        assert abs(told[tier] - women) <= 2, "rounded to five, and nothing else"
