"""What goes into a package: the dataset, told as coarsely as the floor asks, in a partner's tokens.

Nothing leaves this module that the floor or the leak gate refused.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from casescope.actions.gate.gate import Permit
from casescope.actions.sharing._panel import Panel
from casescope.actions.sharing._token_map import tokens_for
from casescope.dataset.opening import opened
from casescope.dataset.risk import Risk, check_floor
from casescope.dataset.sharing.parquet import as_files
from casescope.dataset.sharing.proposals import Proposal
from casescope.dataset.sharing.quasi import QUASI_BY_NAME
from casescope.dataset.sharing.recode import Recoded, risk_of, who_is_told, write
from casescope.dataset.sharing.schema import QUASI_COLUMNS, SHARED_TABLES, WOMAN
from casescope.exchange.form.message import as_file
from casescope.exchange.package.manifest import (
    MOST_CANARIES,
    ColumnTold,
    Disclosure,
    Manifest,
    TableTold,
    at_most,
)
from casescope.findings.worth import Verdict
from casescope.identified.pseudonymise.leak_gate import check_no_leak, identifiers
from casescope.kernel.counting import counted
from casescope.kernel.errors import BelowFloor
from casescope.kernel.progress import Progress
from casescope.vault.layers import LayerRecord, Vault


@dataclass(frozen=True)
class Shared:
    """A dataset as it may be sealed for one partner; `layers` are to be published with it.

    `left_out` is how many women it does not tell of, for the council's own eyes.
    """

    files: Mapping[str, bytes]
    tables: tuple[TableTold, ...]
    disclosure: Disclosure
    canaries: tuple[str, ...]
    recoding: str
    left_out: int
    verdict: Verdict
    layers: tuple[LayerRecord, ...]


def shared_for(
    permit: Permit, vault: Vault, partner: str, *, recoding: str, progress: Progress
) -> Shared:
    """Return the dataset that the partner of that fingerprint may have.

    `recoding` names a proposal of the risk panel, the first without it. Refuses where none reaches
    the study's floor.
    """
    with opened(vault, permit.layers["dataset"]) as connection:
        panel = Panel(connection, permit, progress)
        chosen = panel.named(recoding) if recoding else _first(panel)
        recoded = Recoded(chosen.steps, panel.floor, permit.study.linkage)
        people = chosen.purposes[0].people(panel.subjects)
        women = [one.woman for one in who_is_told(people, recoded)]
        progress.start("a dataset of its own for this partner")
        tokens, layers = tokens_for(permit, vault, partner, women)
        told = write(connection, people, recoded, tokens=tokens)
        check_floor(connection, WOMAN.name, QUASI_COLUMNS, floor=panel.floor)
        risk = risk_of(connection, panel.subjects, recoded)
        progress.finish(
            f"{counted(len(told), 'woman', 'women')}, {len(people) - len(told):,} left out"
        )
        return Shared(
            files=as_files(connection),
            tables=_tables(connection),
            disclosure=_disclosure(permit, chosen, risk, left_out=len(people) - len(told)),
            canaries=_canaries([tokens[one.woman] for one in told]),
            recoding=chosen.name,
            left_out=len(people) - len(told),
            verdict=panel.verdict,
            layers=tuple(layers),
        )


def check_nothing_leaks(permit: Permit, vault: Vault, shared: Shared, manifest: Manifest) -> None:
    """Refuse with LeakFound where what is to be sealed holds an identifier of the vault.

    Lines of study.toml stand in the manifest as they were approved, and the undertaking as it is.
    """
    with vault.reading([permit.layers[name] for name in ("extract", "identities")]) as connection:
        known = identifiers(connection)
    told = as_file(manifest.as_json()).decode()
    approved = (manifest.name, manifest.authority, manifest.purpose, manifest.lawful_basis,
                manifest.agreement, manifest.undertaking)  # fmt: skip
    check_no_leak(known, shared.files, {"the manifest": told}, approved=approved)


def _first(panel: Panel) -> Proposal:
    if not panel.proposals:
        raise BelowFloor(
            "No recoding hides each woman among others without leaving out too many, so nothing "
            "can be shared person by person.",
            "Share the report's released figures instead.",
        )
    return panel.proposals[0]


def _tables(connection: duckdb.DuckDBPyConnection) -> tuple[TableTold, ...]:
    return tuple(
        TableTold(
            table.name,
            table.meaning,
            _rows(connection, table.name),
            tuple(ColumnTold(one.name, one.type, one.meaning) for one in table.columns),
        )
        for table in SHARED_TABLES
    )


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM temp.{table}").fetchone()
    return int(row[0]) if row else 0


def _disclosure(permit: Permit, chosen: Proposal, risk: Risk, *, left_out: int) -> Disclosure:
    return Disclosure(
        k=risk.k,
        l=min(one.diversity for one in risk.sensitive),
        t=round(max(one.closeness for one in risk.sensitive), 4),
        uniques=risk.uniques,
        women=risk.records,
        left_out=at_most(left_out),
        rules=permit.study.disclosure_rules,
        linkage=permit.study.linkage,
        recoding={
            name: QUASI_BY_NAME[name].steps[step].label
            for name, step in sorted(chosen.steps.items())
        },
    )


def _canaries(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return hashes of some tokens, by which whoever looks for stray copies tells one."""
    chosen = secrets.SystemRandom().sample(tokens, min(MOST_CANARIES, len(tokens)))
    return tuple(sorted(hashlib.sha256(one.encode()).hexdigest() for one in chosen))
