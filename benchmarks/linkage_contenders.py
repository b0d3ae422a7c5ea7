"""One way to link women's records, in a process of its own: seconds and the clusters' accuracy.

`python -m benchmarks.linkage_contenders make FOLDER KIND WOMEN SEED` writes an extract, who is who
in truth, and the records as one table; `… run FOLDER CONTENDER` links them and prints JSON.
"""

import argparse
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations
from pathlib import Path

OURS, DEFAULTS, RECORDLINKAGE, EXACT = "casescope", "Splink's defaults", "recordlinkage", "exact"

Pairs = Iterable[tuple[str, str]]


def main() -> None:
    """Do what the command line says, once."""
    parser = argparse.ArgumentParser(description=__doc__)
    does = parser.add_subparsers(dest="does", required=True)
    maker = does.add_parser("make")
    maker.add_argument("folder", type=Path)
    maker.add_argument("kind", choices=("county", "councils", "registers", "desks"))
    maker.add_argument("women", type=int)
    maker.add_argument("seed", type=int)
    runner = does.add_parser("run")
    runner.add_argument("folder", type=Path)
    runner.add_argument("contender", choices=CONTENDERS)
    given = parser.parse_args()
    if given.does == "make":
        print(json.dumps(make(given.folder, given.kind, given.women, given.seed)))
    else:
        print(json.dumps(run(given.folder, given.contender)))


def make(folder: Path, kind: str, women: int, seed: int) -> dict[str, int]:
    """Write an extract, the truth (record to woman) and the records of all in it."""
    folder.mkdir(parents=True)
    if kind == "county":
        today, truth = _county(folder / "extract", women, seed)
    else:
        today, truth = _made(kind, folder / "extract", women, seed)
    said = {"today": today.isoformat(), "truth": truth}
    (folder / "truth.json").write_text(json.dumps(said), encoding="utf-8")
    with _loaded(folder) as connection:
        connection.execute(f"COPY ({_RECORDS}) TO '{folder / 'records.parquet'}'")
        row = connection.execute("SELECT count(*) FROM extract.named").fetchone()
    return {"records": row[0] if row else 0}


def _county(folder: Path, mothers: int, seed: int) -> tuple[date, dict[str, int]]:
    from casescope.synthetic import write_county

    told = json.loads(write_county(folder, mothers=mothers, seed=seed, mess=1.0).read_text("utf-8"))
    truth = {r: n for n, woman in enumerate(told["women"]) for r in woman["person_ids"]}
    return date.fromisoformat(told["reference_date"]), truth


def _made(kind: str, folder: Path, women: int, seed: int) -> tuple[date, dict[str, int]]:
    """Write a file of one of the tests' makers."""
    from tests.contract.linkage import desks, made_up, mangled

    if kind == "registers":
        setting = mangled.Setting(women=women, twice=0.3, modifications=2, relatives=0.3)
        (world, truth), today = mangled.mangled(setting, seed), mangled.TODAY
    elif kind == "desks":
        (world, truth), today = desks.desks(women, seed), desks.TODAY
    else:
        (world, truth), today = made_up.councils(women, seed), made_up.TODAY
    world.write(folder)
    return today, truth


def run(folder: Path, contender: str) -> dict[str, float | int]:
    """Link, and return the seconds and how the clusters compare with the truth."""
    seconds, clusters = CONTENDERS[contender](folder)
    truth = json.loads((folder / "truth.json").read_text("utf-8"))["truth"]
    women = defaultdict(list)
    for record, woman in truth.items():
        women[woman].append(record)
    true = {pair for records in women.values() for pair in combinations(sorted(records), 2)}
    said = {
        pair
        for cluster in clusters
        for pair in combinations(sorted(cluster), 2)
        if pair[0] in truth or pair[1] in truth
    }
    right = len(said & true)
    return {
        "seconds": seconds,
        "precision": right / max(len(said), 1),
        "recall": right / len(true),
    }


_RECORDS = """
    SELECT
        pers_person_id AS unique_id,
        lower(trim(pers_forename)) AS first_name,
        lower(trim(pers_surname)) AS surname,
        CAST(pers_dob AS VARCHAR) AS dob,
        pers_single_unique_id AS nhs,
        (SELECT max(addr_address_postcode) FROM extract.address
         WHERE addr_person_id = pers_person_id) AS postcode
    FROM extract.person
    WHERE pers_sex IS DISTINCT FROM 'M'
      AND (pers_dob < DATE '2012-01-01'
           OR pers_person_id IN (SELECT moth_person_id FROM extract.mother))
    ORDER BY pers_person_id
"""
"""What the peers are given: women's records, with names, birth date, number and a postcode."""


def _loaded(folder: Path):  # noqa: ANN202 — a DuckDB connection, whose import is not everybody's
    import duckdb

    from casescope.identified.intake.load import load

    connection = duckdb.connect(config={"memory_limit": "1GB"})
    connection.execute("ATTACH ':memory:' AS extract; USE extract")
    load(connection, [folder / "extract"], reference_date=_today(folder))
    return connection


def _today(folder: Path) -> date:
    said = json.loads((folder / "truth.json").read_text("utf-8"))
    return date.fromisoformat(said["today"])


def _casescope(folder: Path) -> tuple[float, list[list[str]]]:
    """Link with the product's own steps, from declared identity to clusters."""
    from casescope.governance.study_file.parameters import Parameters
    from casescope.identified.links.score import LINKS
    from casescope.identified.people.identities import IDENTITIES
    from casescope.identified.people.resolve import PEOPLE

    facts = {
        "reference_date": _today(folder), "restrictions": [""], "link_decisions": [""],
        "link_threshold": Parameters.link_threshold, "review_low": Parameters.review_low,
    }  # fmt: skip
    with _loaded(folder) as connection:
        connection.execute("ATTACH ':memory:' AS identities; USE identities")
        IDENTITIES.build(connection, facts)
        begun = time.perf_counter()
        for step in (LINKS, PEOPLE):
            connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
            step.build(connection, facts)
        seconds = time.perf_counter() - begun
        rows = connection.execute(
            "SELECT list(person_id) FROM people.record LEFT JOIN people.cluster USING (subject) "
            "GROUP BY coalesce(woman_id, subject)"
        ).fetchall()
    return seconds, [row[0] for row in rows]


def _splink(folder: Path) -> tuple[float, list[list[str]]]:
    """Link as Splink's own quick start does, with its ready-made comparisons and 0.95."""
    import duckdb
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    connection = duckdb.connect(config={"memory_limit": "8GB"})
    connection.execute(
        f"CREATE TABLE records AS SELECT * FROM read_parquet('{folder / 'records.parquet'}')"
    )
    begun = time.perf_counter()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("nhs"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first_name", "dob"), block_on("surname", "dob"),
            block_on("first_name", "surname"), block_on("postcode"), block_on("nhs"),
        ],
    )  # fmt: skip
    api = DuckDBAPI(connection)
    logging.disable()  # it warns of levels that a small file does not reach
    linker = Linker(api.register("records"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("first_name", "dob"), block_on("surname", "dob")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (block_on("dob"), block_on("first_name", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    links = linker.inference.predict(threshold_match_probability=0.95)
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(links, 0.95)
    rows = connection.execute(
        f"SELECT list(unique_id) FROM {clustered.physical_name} GROUP BY cluster_id"
    ).fetchall()
    return time.perf_counter() - begun, [row[0] for row in rows]


def _recordlinkage(folder: Path) -> tuple[float, list[list[str]]]:
    """Link as recordlinkage's guide to deduplication does: a block, similar strings, a sum."""
    import pandas as pd
    import recordlinkage

    records = pd.read_parquet(folder / "records.parquet").set_index("unique_id")
    begun = time.perf_counter()
    indexer = recordlinkage.Index()
    indexer.block("dob")
    indexer.add(recordlinkage.index.Block(["first_name", "surname"]))
    candidates = indexer.index(records)
    compare = recordlinkage.Compare()
    compare.string("first_name", "first_name", method="jarowinkler", threshold=0.85)
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85)
    compare.exact("dob", "dob")
    compare.exact("postcode", "postcode")
    compare.exact("nhs", "nhs")
    features = compare.compute(candidates, records)
    pairs = features[features.sum(axis=1) >= 3].index.tolist()
    return time.perf_counter() - begun, _joined(pairs)


def _exact(folder: Path) -> tuple[float, list[list[str]]]:
    """Link records of the same forename, surname and birth date."""
    import duckdb

    with duckdb.connect() as connection:
        begun = time.perf_counter()
        rows = connection.execute(
            "SELECT list(unique_id) FROM "
            f"read_parquet('{folder / 'records.parquet'}') "
            "WHERE first_name <> '' AND surname <> '' AND dob IS NOT NULL "
            "GROUP BY first_name, surname, dob"
        ).fetchall()
        return time.perf_counter() - begun, [row[0] for row in rows]


def _joined(pairs: Pairs) -> list[list[str]]:
    """Return the clusters that links make."""
    member: dict[str, list[str]] = {}
    for one, other in pairs:
        ours, theirs = member.get(one, [one]), member.get(other, [other])
        if ours is not theirs:
            both = [*ours, *theirs]
            member.update(dict.fromkeys(both, both))
    return list({id(cluster): cluster for cluster in member.values()}.values())


CONTENDERS: dict[str, Callable[[Path], tuple[float, list[list[str]]]]] = {
    OURS: _casescope, DEFAULTS: _splink, RECORDLINKAGE: _recordlinkage, EXACT: _exact,
}  # fmt: skip


if __name__ == "__main__":
    main()
