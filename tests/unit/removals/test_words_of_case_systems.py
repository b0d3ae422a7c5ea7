"""Legal statuses as case systems word them, read as the codes of the SSDA903 return."""

from importlib import resources

import duckdb
import pytest

STATEMENT = (
    resources.files("casescope.identified.removals")
    .joinpath("episode_in_case_system.sql")
    .read_text(encoding="utf-8")
)

WORDS = {
    "C1": ("C1", "c1", "Interim care order", "C1 - Interim Care Order", "INTERIM CARE ORDER (S38)",
           "ICO"),
    "C2": ("C2", "Full care order", "Care Order", "Care order - s31", "Deemed care order",
           "C2: Full Care Order", "FCO"),
    "D1": ("D1", "Freeing order granted"),
    "E1": ("E1", "Placement order granted", "Placement Order"),
    "V2": ("V2", "Single period of accommodation under section 20", "Section 20", "S20",
           "S.20 Accommodation", "s 20", "V2 Accommodated S20", "Voluntary accommodation"),
    "V3": ("V3", "Accommodated under an agreed series of short-term breaks, when individual "
           "episodes of care are recorded", "Short breaks", "Short break (section 20)", "Respite"),
    "V4": ("V4", "Accommodated under an agreed series of short-term breaks, when agreements are "
           "recorded (NOT individual episodes of care)"),
    "L1": ("L1", "Under police protection and in local authority accommodation",
           "Police powers of protection", "Police Protection (s46)", "Police powers"),
    "L2": ("L2", "Emergency protection order (EPO)", "EPO"),
    "L3": ("L3", "Under child assessment order and in local authority accommodation"),
    "J1": ("J1", "On remand, or committed for trial or sentence, and accommodated by the council",
           "Remand to LA accommodation"),
    "J2": ("J2", "Detained in local authority accommodation under PACE",
           "PACE - detained by the police"),
    "J3": ("J3", "Sentenced to Youth Rehabilitation Order with residence"),
    None: ("", "Special guardianship order", "Child arrangements order", "Supervision order",
           "Interim supervision order", "Adoption order", "Private fostering", "Care leaver",
           "Care order discharged", "Application for care order", "Care order refused",
           "Placement order revoked", "C", "V20", "Under 20 weeks", "Class 20 note"),
}  # fmt: skip
"""Sources: the DfE's code list, and the words of systems seen with it; none is not a status."""


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect(config={"threads": 1}) as made:
        made.execute("ATTACH ':memory:' AS extract; ATTACH ':memory:' AS people")
        made.execute(
            "CREATE TABLE people.known_as AS SELECT 'person' AS source, 'c' AS source_id, "
            "7::BIGINT AS subject, 7::BIGINT AS registered"
        )
        made.execute(
            "CREATE TABLE extract.cla_episode AS SELECT 'c' AS clae_person_id, 'p' AS clae_cla_id, "
            "DATE '2020-01-01' AS clae_cla_episode_start_date, NULL::DATE AS "
            "clae_cla_episode_ceased_date, NULL::VARCHAR AS clae_cla_episode_ceased_reason, "
            "NULL::VARCHAR AS clae_cla_placement_id, NULL::VARCHAR AS clae_cla_primary_need_code"
        )
        made.execute(
            "CREATE TABLE extract.placement (clap_cla_placement_id VARCHAR, clap_cla_id VARCHAR, "
            "clap_person_id VARCHAR, clap_cla_placement_start_date DATE, "
            "clap_cla_placement_end_date DATE, clap_cla_placement_type VARCHAR)"
        )
        yield made


@pytest.mark.parametrize(
    ("words", "status"), [(one, status) for status, all_ in WORDS.items() for one in all_]
)
def test_the_legal_status_in_words(connection, words, status):
    connection.execute(
        "CREATE OR REPLACE TABLE extract.legal_status AS SELECT 'c' AS lega_person_id, "
        "$words AS lega_legal_status, DATE '2019-01-01' AS lega_legal_status_start_date, "
        "NULL::DATE AS lega_legal_status_end_date",
        {"words": words},
    )
    found = connection.execute(
        f"SELECT ls FROM ({STATEMENT})", {"reference_date": "2026-03-31"}
    ).fetchall()
    assert found == [(status,)]
