"""A small council with everything its people may be known by, and a package that tells nothing."""

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from casescope.dataset.risk.search import kept
from casescope.dataset.sharing import recode
from casescope.dataset.sharing.quasi import QUASI
from casescope.dataset.sharing.recode import Recoded
from casescope.dataset.sharing.schema import SHARED_TABLES
from casescope.identified.intake.load import load
from casescope.identified.people.identities import IDENTITIES
from tests.unit.risk.women import REFERENCE, woman

ADDRESS = {"line1": "12 Primrose Gardens", "line2": "Flat 3", "town": "Otterby"}

EXTRACT = {
    "person": """pers_person_id|pers_forename|pers_surname|pers_dob|pers_expected_dob|\
pers_ethnicity|pers_single_unique_id|pers_upn|pers_legacy_id|pers_is_mother
        0704411|Siân|O’Brien-Hughes|1991-07-23||WBRI|943 476 5919||LEG-00871|1
        704412|May|White|1988-02-29||MWBC||||1
        704413|Zahra|Mixed|1990-05-06||AIND||||1
        704414|None|Asian|1990-05-07||AOTH||||1
        3F2504E0-4F89-11D3-9A0C-0305E82C3301|Ade|Share|1980-01-02||BAFR||||1
        12|Jo|Ng|1979-11-30||WBRI||||1
        704420|Tobias|O’Brien-Hughes|2019-04-05||WBRI||H801200001001||0
        704421|Baby|White||2027-01-19|WBRI||||0""",
    "person_alias": """alias_person_id|alias_forename|alias_surname|alias_kind
        0704411|Shan|Llewellyn|married
        0704411||de Courcy|birth""",
    "address": "addr_person_id|addr_address_postcode|addr_address_start_date|addr_address_json\n"
    f"0704411|LA9 4QX|2020-06-17|{json.dumps(ADDRESS)}",
    "mother": """moth_person_id|moth_childs_person_id|moth_childs_dob|\
moth_relationship|moth_table_id
        0704411|704420|2019-04-05|lives with Gran at number nine|M-55001
        704412|704421||mother|M-55002""",
    "linked_identifier": """link_person_id|link_identifier_type|link_identifier_value
        0704411|telephone|07700 900123
        0704411|e-mail|sian.ob@example.org
        0704411|national insurance|QQ 12 34 56 C
        0704411|court case|ZZ24C00123""",
    "header": """CHILD|SEX|DOB|ETHNIC|UPN|MOTHER
        CH-903-77|1|2019-04-05|WBRI|H801200001001|0""",
    "episodes": """CHILD|DECOM|RNE|LS|CIN|PLACE|HOME_POST|PL_POST|URN
        CH-903-77|2020-08-21|S|C2|N1|U4|LA9 4QX|PR3 2BB|SC040123""",
    "proceedings": """proc_id|proc_child_person_id|proc_application_date|proc_placed_with
        PROC20260001|704420|2020-09-14|her aunt Delyth in Bangor""",
    "cla_episode": """clae_person_id|clae_cla_id|clae_cla_episode_start_date
        704420|CLA-88231|2020-08-21""",
    "place": """place_postcode|place_in_authority|place_area
        LA9|1|North
        PR3|1|Otterby
        PR4|1|White Moss""",
}  # fmt: skip
"""One woman with everything, others whose names are words of the dataset, and their children."""


def write_extract(folder: Path, tables: Mapping[str, str] = EXTRACT) -> Path:
    """Write tables drawn with bars as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawn in tables.items():
        rows = [line.strip().split("|") for line in drawn.splitlines()]
        quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
        (folder / f"{name}.csv").write_text("\n".join(quoted) + "\n", encoding="utf-8")
    return folder


def vault(folder: Path) -> duckdb.DuckDBPyConnection:
    """Load an extract and give everybody random ids, as the layers `extract` and `identities`."""
    connection = duckdb.connect(config={"threads": "2"})
    connection.execute("ATTACH ':memory:' AS extract; USE extract")
    load(connection, [folder], reference_date=REFERENCE)
    connection.execute("ATTACH ':memory:' AS identities; USE identities")
    IDENTITIES.build(connection, {})
    return connection


FINEST = Recoded({one.name: 0 for one in QUASI}, 3, "lenient")

WOMEN = [
    woman(f"w{number}", area=area, ethnicity=ethnicity)
    for number, (area, ethnicity) in enumerate(
        [("North", "White")] * 3 + [("White Moss", "Mixed")] * 3 + [("Otterby", "Asian")] * 3
        + [("Other areas", "Not recorded")] * 3
    )
]  # fmt: skip
TOKENS = {one.woman: f"{number:x}".rjust(32, "b") for number, one in enumerate(WOMEN, 161)}


@cache
def tables() -> dict[str, pa.Table]:
    """Return the shared dataset of a few alike women, by table."""
    from tests.unit.findings.builders import dataset

    connection = dataset()
    told = recode.write(connection, WOMEN, FINEST, tokens=TOKENS)
    assert len(told) == len(WOMEN) == sum(kept(recode.ladders(WOMEN), 3, FINEST.steps))
    return {table.name: connection.sql(f"FROM temp.{table.name}").to_arrow_table()
            for table in SHARED_TABLES}  # fmt: skip


def parquet(table: pa.Table, *, statistics: bool = False) -> bytes:
    """Return a table as a Parquet file, without the least and greatest of its columns."""
    written = io.BytesIO()
    pq.write_table(table, written, write_statistics=statistics)
    return written.getvalue()


@cache
def clean() -> dict[str, bytes]:
    """Return the files of a package that tells nothing; not to be changed."""
    return {f"{name}.parquet": parquet(table) for name, table in tables().items()}


MANIFEST = {
    "package": "5f0c1b7de2a94c3f8d6a7be1c0ffee12",
    "kind": "shared dataset",
    "study": "0b9d6c1e-5c0b-4a55-9c55-6a9c1a2b3c4d",
    "version": 1,
    "replaces": "",
    "name": "Scoping exercise",
    "authority": "Otterby Council",
    "purpose": "To find how many young women may need a practice.",
    "lawful_basis": "6(1)(e), agreed on 5 April 2019",
    "made_on": "2019-04-05",
    "ends_on": "2027-01-19",
    "tables": [{"name": table.name, "rows": 704412, "meaning": table.meaning,
                "columns": {column.name: column.meaning for column in table.columns}}
               for table in SHARED_TABLES],
    "disclosure": {"k": 3, "l": 1, "t": 0.5, "uniques": 0, "women": 12, "left_out": 0},
    "files": {"shared_woman.parquet": {"sha256": "ab" * 32, "bytes": 704413}},
    "recoding": {"age": "five years", "intervals": "days", "area": "areas"},
    "share": {"sha256": "0ade" * 16, "bytes": 704414},
    "partner": "1ade-70b4-4110-5f0c-1b7d-e2a9-4c3f-8d6a",
    "ledger": {
        "checkpoint": "casescope.study/0b9d6c1e-5c0b-4a55-9c55-6a9c1a2b3c4d\n704411\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— casescope.study/0b9d6c1e-5c0b-4a55-"
        "9c55-6a9c1a2b3c4d Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzG"
        "ku9nTo+zyWE+xeMcTOAYQ8=\n",
        "proofs": {"704412": ["jn8gXMYuBuRt/A9r9d6QpYh2kqDPVbBn8gT2yYv0CZk="]},
        "countersigned": "",
    },
    "authority_key": "kP3vT9pqQm1bq0N4m0J8vB5o9w7uYb2c1dE6fG7hI8k=",
    "reply_to": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdj4gykhssm0fe2",
}  # fmt: skip

APPROVED = (MANIFEST["name"], MANIFEST["authority"], MANIFEST["purpose"],
            MANIFEST["lawful_basis"])  # fmt: skip
