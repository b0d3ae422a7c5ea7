"""The removals step as casescope does it: its own SQL files on DuckDB, in memory or on layers."""

import time
from dataclasses import asdict
from pathlib import Path

from benchmarks.answer import Answer
from benchmarks.pretend_study import AUTHORITY, REFERENCE_DATE
from benchmarks.removals_connected import in_memory, layers_of, vault_of
from benchmarks.removals_counted import answer_of_tables
from casescope.governance.study_file.parameters import Parameters
from casescope.identified.removals.make import REMOVALS
from casescope.kernel.canonical import Json
from casescope.vault.layers import LayerRecord, Vault, drafting


def facts() -> dict[str, Json]:
    """Return what the step may depend on: the definitions' defaults and the pretend authority."""
    return {
        **asdict(Parameters()),
        "reference_date": REFERENCE_DATE,
        "authority_names": [AUTHORITY.lower()],
    }


def compute(tables: Path, work: Path) -> tuple[float, float, Answer]:
    """Return seconds (wall, processor) of the step alone, and its answer."""
    with in_memory(tables, work) as connection:
        begun, used = time.perf_counter(), time.process_time()
        REMOVALS.build(connection, facts())
        taken = time.perf_counter() - begun, time.process_time() - used
        return *taken, answer_of_tables(connection)


def encrypted(tables: Path, work: Path) -> tuple[float, float, Answer]:  # noqa: ARG001  # contenders share a form
    """Return seconds (wall, processor) from encrypted layers to a published one, and the answer.

    As `casescope run` does it: each layer's file is hashed before it is opened, what is read is
    decrypted, what is written is encrypted, flushed, hashed and published.
    """
    vault, inputs = vault_of(tables), layers_of(tables)
    begun, used = time.perf_counter(), time.process_time()
    made = _written(vault, inputs)
    taken = time.perf_counter() - begun, time.process_time() - used
    answer = _answer(vault, made)
    (vault.folder / made.file).unlink()
    return *taken, answer


def from_csv(tables: Path, work: Path) -> tuple[float, float, Answer]:
    """Return seconds (wall, processor) from CSV files to an encrypted layer, and the answer.

    Reading is the product's whole intake: every value checked, problems listed, an encrypted
    layer of the extract written and read again. Who is whose mother is ready in a layer.
    """
    from casescope.identified.intake.load import load

    prepared = vault_of(tables)
    vault = Vault(work / "study", prepared.study_id, prepared.keys)
    vault.folder.mkdir(parents=True)
    people = layers_of(tables)["people"]
    (vault.folder / people.file).symlink_to(prepared.folder / people.file)
    begun, used = time.perf_counter(), time.process_time()
    with drafting(vault, name="extract", wing="identified", step_key="", inputs={}) as draft:
        load(draft.connection, [tables / "csv"], reference_date=REFERENCE_DATE)
    made = _written(vault, {"extract": draft.published(), "people": people})
    taken = time.perf_counter() - begun, time.process_time() - used
    return *taken, _answer(vault, made)


def _written(vault: Vault, inputs: dict[str, LayerRecord]) -> LayerRecord:
    with drafting(
        vault, name="removals", wing="identified", step_key="", inputs=inputs
    ) as removals:
        REMOVALS.build(removals.connection, facts())
    return removals.published()


def _answer(vault: Vault, removals: LayerRecord) -> Answer:
    with vault.reading([removals]) as connection:
        connection.execute("USE removals")
        return answer_of_tables(connection)
