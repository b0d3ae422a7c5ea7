"""A mapping given with a load is kept with the study, used again, and told in the ledger."""

import pytest
from click.testing import CliRunner

from casescope.actions.data.load import load
from casescope.actions.data.run import run
from casescope.actions.ledger.ledger import show
from casescope.cli.context import Context
from casescope.cli.main import root
from casescope.kernel.errors import InputRefused
from tests.integration.people import ANN, TODAY

CLIENTS = "Client ID,First Name,Last Name,DOB,Gender\n1,Planted,Name,01/02/1990,Female\n"


@pytest.fixture
def given(tmp_path):
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "clients.csv").write_text(CLIENTS, encoding="utf-8")
    return folder


def cli(*words, answers=None):
    told = [str(word) for word in words]
    return CliRunner().invoke(root, told, obj=Context(ANN, lambda: TODAY), input=answers)


@pytest.fixture
def proposed(given, tmp_path):
    """The proposal for the folder, written by the command."""
    file = tmp_path / "mapping.toml"
    done = cli("map", given, "--write", file)
    assert done.exit_code == 0, done.output
    return file


def loaded(place, folder, mapping=None) -> list[tuple]:
    files = load(place.home, [folder], actor=ANN, today=TODAY, mapping=mapping)
    return [(file.table, file.rows) for file in files]


def test_without_a_mapping_the_file_is_no_table(approved, given):
    with pytest.raises(InputRefused, match="None of the files"):
        loaded(approved, given)


def test_what_is_proposed_can_be_loaded_and_is_kept(approved, given, proposed):
    assert loaded(approved, given, proposed) == [("person", 1)]
    assert (approved.home / "mapping.toml").read_text("utf-8") == proposed.read_text("utf-8")
    assert loaded(approved, given) == [("person", 1)], "the kept mapping is used"


@pytest.fixture
def notices(monkeypatch):
    heard: list[str] = []
    monkeypatch.setattr("casescope.kernel.notices.LISTENERS", [heard.append])
    return heard


def test_a_mapping_used_unasked_is_said(approved, given, proposed, notices):
    loaded(approved, given, proposed)
    assert not [line for line in notices if "mapping" in line]
    loaded(approved, given)
    assert "Columns were read by the mapping.toml kept with the study." in notices


def test_a_line_of_the_mapping_that_does_nothing_is_said(approved, given, proposed, notices):
    """Misspelt, it would leave a column empty, and nothing else would tell why."""
    text = proposed.read_text("utf-8").replace('"DOB" =', '"D O B" =')
    proposed.write_text(text + '\n[mother.columns]\n"Mum" = "moth_person_id"\n', "utf-8")
    loaded(approved, given, proposed)
    assert [line for line in notices if "mapping" in line] == [
        f"The mapping of {table} names a column {theirs} that no file of it has; see how it is "
        "spelt there."
        for table, theirs in (("person", "D O B"), ("mother", "MUM"))
    ]


def test_a_changed_mapping_makes_the_steps_run_again(approved, given, proposed):
    loaded(approved, given, proposed)
    run(approved.home, until="identities", actor=ANN, today=TODAY)
    loaded(approved, given)
    said = run(approved.home, until="identities", actor=ANN, today=TODAY)
    assert said["identities"] == "unchanged"
    text = proposed.read_text("utf-8").replace('"First Name" = "pers_forename"', "")
    proposed.write_text(text, encoding="utf-8")
    loaded(approved, given, proposed)
    assert run(approved.home, until="identities", actor=ANN, today=TODAY)["identities"] == "done"


def test_the_ledger_has_the_mappings_hash(approved, given, proposed):
    loaded(approved, given, proposed)
    told = str(show(approved.home, actor=ANN, today=TODAY))
    assert "'mapping': '" in told
    assert "Planted" not in told


def test_a_mapping_that_is_refused_is_not_kept(approved, given, proposed):
    proposed.write_text("[person.columns]\n'Client ID' = 'pers_id'\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"^mapping\.toml, line 2: "):
        loaded(approved, given, proposed)
    assert not (approved.home / "mapping.toml").exists()


def test_a_load_that_is_refused_keeps_the_mapping_before(approved, given, proposed):
    loaded(approved, given, proposed)
    before = (approved.home / "mapping.toml").read_text("utf-8")
    proposed.write_text("[mother.columns]\n'x' = 'moth_table_id'\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="None of the files"):
        loaded(approved, given, proposed)
    assert (approved.home / "mapping.toml").read_text("utf-8") == before


def test_map_prints_counts_and_no_value(given):
    done = cli("map", given)
    assert done.exit_code == 0
    assert '"Client ID" = "pers_person_id"  # fills 1 of 1 row' in done.output
    assert "Planted" not in done.output + cli("map", given, "--json").output


def test_map_does_not_write_over_a_file(given, proposed):
    before = proposed.read_text("utf-8")
    done = cli("map", given, "--write", proposed)
    assert done.exit_code == 2
    assert proposed.read_text("utf-8") == before


def test_map_has_nothing_to_say_of_a_folder_in_our_words(tmp_path):
    (tmp_path / "a.csv").write_text("pers_person_id,pers_dob\n1,2000-01-01\n", encoding="utf-8")
    assert cli("map", tmp_path).output.startswith("Nothing to map")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("extract-sql", "liquidlogic"), "NOT YET RUN ON A LIVE SYSTEM"),
        (("extract-sql", "eclipse", "--table", "ssd_mother"), "FROM RELATIONSHIPPERSONVIEW"),
        (("extract-sql", "--brief"), "# A request for an extract"),
        (("extract-sql", "mosaic", "--brief"), "# A request for an extract"),
    ],
)
def test_extract_sql_is_printed(words, shown):
    done = cli(*words)
    assert (done.exit_code, shown in done.output) == (0, True)


@pytest.mark.parametrize("words", [("extract-sql",), ("extract-sql", "paris")])
def test_extract_sql_needs_a_system_it_knows(words):
    assert cli(*words).exit_code == 2


def test_a_load_of_nothing_is_misuse(approved):
    assert cli("load", approved.home).exit_code == 2


def test_a_password_in_the_address_is_warned_of(approved):
    url = "postgresql://a:Planted@/x?host=/nowhere"
    done = cli("load", approved.home, "--from", url)
    assert "can be read by others" in done.output
    assert "Planted" not in done.output + str(done.exception)


def test_a_folder_that_holds_the_study_is_no_extract(approved, given):
    with pytest.raises(InputRefused, match="The study itself lies in"):
        loaded(approved, approved.home.parent)
    with pytest.raises(InputRefused, match="The study itself lies in"):
        loaded(approved, approved.home)
