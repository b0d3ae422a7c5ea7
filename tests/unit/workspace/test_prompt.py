"""What is typed: commands a line each, SQL up to its semicolon; refusals that do not end all."""

import io
from datetime import timedelta

import pytest
from click.testing import CliRunner

from casescope.cli.context import Context
from casescope.cli.main import root
from casescope.cli.partner_answers import table
from casescope.cli.partner_prompt import converse, do_all, is_whole, perform, split
from casescope.exchange.package.package import opened_findings, read
from casescope.kernel.errors import NotAllowed, NotFound, UserError
from tests.unit.workspace.conftest import ACTOR

BY_AGE = "SELECT age, count(*) FROM shared_woman GROUP BY age;"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("findings", True),
        ("note hello; there", True),
        ("tables", True),
        ("SELECT 1", False),
        ("SELECT 1;", True),
        ("select ';'", False),
        ("select ';';", True),
        ('select ";" -- ; a comment', False),
        ('select ";" -- ; a comment\n;', True),
        ("select /* ; */ 1", False),
        ("select 'it''s; so'", False),
        ("WITH x AS (SELECT 1)", False),
        ("(select 1);", True),
    ],
)
def test_where_a_command_ends(text, whole):
    assert is_whole(text) is whole


def test_a_script_is_taken_apart():
    script = "# what we ask\nfindings\n\nSELECT age,\n  count(*)\nFROM shared_woman;\nnote a; b\n"
    assert split(script) == ["findings", "SELECT age,\n  count(*)\nFROM shared_woman;", "note a; b"]


def test_a_table_has_numbers_to_the_right():
    assert table(["age", "Women"], [["25–34", "120"], ["35 and over", "8"]]) == (
        "  age          Women\n"
        "  ───────────  ─────\n"
        "  25–34          120\n"
        "  35 and over      8"
    )  # fmt: skip


def test_a_cell_cannot_steer_the_terminal():
    assert "\x1b" not in table(["a"], [["\x1b[2J"]])


@pytest.fixture
def session(side, council):
    with side.open(council.send(women=60), council) as opened:
        yield opened


def test_counts_under_the_floor_are_not_told_and_the_rest_is_right(session, council, capsys):
    """The counts by age, worked out here from the very table that was sealed, and rounded."""
    from collections import Counter

    import pyarrow.parquet as pq

    ages = Counter(
        pq.read_table(io.BytesIO(council.files["shared_woman.parquet"])).column("age").to_pylist()
    )
    do_all(session, [BY_AGE], as_json=False)
    said = capsys.readouterr().out
    for age, women in ages.items():
        row = [line.split()[-1] for line in said.splitlines() if line.strip().startswith(age)]
        assert row == ([str(5 * round(women / 5))] if women > 7 else []), age


@pytest.mark.parametrize("what", ["*", "woman", "max(woman)", "list(woman)", "woman || age"])
def test_nobody_is_shown_a_row(council, session, capsys, what):
    try:
        perform(session, f"SELECT {what} FROM shared_woman LIMIT 9;", as_json=False)
    except UserError as refusal:
        said = str(refusal)
    else:
        said = capsys.readouterr().out
    assert not [token for token in council.tokens if token in said]


def test_notes_and_answers_are_numbered_and_stay(side, council, capsys):
    with side.open(council.send(women=60), council) as session:
        do_all(session, [BY_AGE, "note look again"], as_json=False)
    with side.analyse(council) as again:
        capsys.readouterr()
        do_all(again, ["notes", "told"], as_json=False)
    said = capsys.readouterr().out
    assert "   2  " in said
    assert "look again" in said
    assert "SELECT age, count(*)" in said


def test_the_same_question_gets_the_same_answer_and_is_told_once(session, capsys):
    """By other words it would be withheld: that two questions are of the same women is told."""
    asked = ("SELECT count(*) FROM shared_woman WHERE (age LIKE '2%' AND children LIKE '1') OR "
             "(age LIKE '3%' AND children LIKE '2');")  # fmt: skip
    said = []
    for sql in (asked, asked, asked.replace("'3%'", "'3_%'")):
        perform(session, sql, as_json=False)
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "withheld" not in said[0].splitlines()[2]
    assert "withheld" in said[2].splitlines()[2]


def test_findings_travel_back_and_the_council_alone_reads_them(side, council, session):
    do_all(session, [BY_AGE, "note for you", "note for me alone", "send 2 1"], as_json=False)
    (path,) = side.outbox.glob("*.casepkg")
    package = read(path, key=council.card.key)
    files = opened_findings(package, council.reply.secret)
    assert {"report.json", "chosen.json", "tiers.csv"} <= files.keys()
    chosen = files["chosen.json"].decode()
    assert "for you" in chosen
    assert "SELECT age" in chosen
    assert "for me alone" not in chosen
    assert not [token for token in council.tokens if token.encode() in b"".join(files.values())]
    assert package.manifest.growth
    with pytest.raises(UserError):
        opened_findings(package, council.identities[council.newest].secret)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("nonsense", NotAllowed), ("send 9", NotFound), ("send all", NotAllowed),
        ("note", NotAllowed), ("SELECT * FROM read_csv('/etc/passwd');", UserError),
        ("COPY shared_woman TO '/tmp/x.csv';", UserError),
        ("SET enable_external_access=true;", UserError),
        ("INSTALL httpfs;", UserError),
    ],
)  # fmt: skip
def test_what_is_refused_ends_nothing(session, command, error):
    with pytest.raises(error):
        perform(session, command, as_json=False)
    assert session.check()


def test_help_names_every_command(session, capsys):
    from casescope.cli.partner_prompt import _COMMANDS

    do_all(session, ["help", "quit", "nonsense"], as_json=False)
    said = capsys.readouterr().out
    assert all(name in said for name in _COMMANDS)


def test_the_report_is_of_released_figures_only(side, council, session, tmp_path):
    do_all(session, [f"report {tmp_path / 'r'}"], as_json=False)
    assert (tmp_path / "r" / "report.html").is_file()
    raw = b"".join(path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file())
    assert not [token for token in council.tokens if token.encode() in raw]


def test_commands_piped_in_are_done_and_the_first_refused_ends_it(session, monkeypatch, capsys):
    typed = "SELECT age,\n count(*)\nFROM shared_woman GROUP BY age;\nnote x\nnonsense\nnotes\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    with pytest.raises(NotAllowed):
        converse(session, as_json=False)
    said = capsys.readouterr().out
    assert "All women asked for" in said
    assert "number 2" in said
    assert len(session.log.lines) == 2


def test_a_person_may_try_again(session, monkeypatch, capsys):
    typed = iter(["nonsense", "SELECT age", "FROM nowhere;", "notes", "quit", "note never"])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda _: next(typed))
    converse(session, as_json=False)
    said = capsys.readouterr()
    assert "no command of a session" in said.err
    assert "No notes yet" in said.out
    assert list(typed) == ["note never"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


# the commands


def invoke(side, *words, given=""):
    # the day after: the hour is this machine's, which may be earlier than the council's
    context = Context(ACTOR, lambda: side.day.at.date() + timedelta(days=1))
    return CliRunner().invoke(root, ["partner", *map(str, words)], obj=context, input=given)


def test_a_workspace_is_begun_and_shown(side, tmp_path):
    done = invoke(side, "init", tmp_path / "new", "--name", "Pause", "--contact", "a@b.example")
    assert done.exit_code == 0, done.output
    assert "read the fingerprint to them" in done.output
    shown = invoke(side, "show", tmp_path / "new")
    assert "begun; no package yet" in shown.output


def test_nobody_answers(side, council):
    done = invoke(side, "open", side.root, council.send(), "--wait", 0)
    assert done.exit_code == 1
    assert done.exception.exit_code == 63
    assert "not compared" in done.output.lower()


def test_a_finish_says_what_it_found(side, council):
    package = council.send()
    with side.open(package, council):
        pass
    done = invoke(side, "finish", side.root)
    assert done.exception.exit_code == 64
    package.unlink()
    done = invoke(side, "finish", side.root)
    assert "The receipt is" in done.output
    assert "finished" in invoke(side, "show", side.root).output


def test_a_passphrase_is_asked_for_and_no_variable_read(side, council, monkeypatch):
    """Asked twice when it is new; what nobody types opens nothing."""
    from casescope.exchange.age import age
    from casescope.exchange.messages.lease import Terms

    kept = []
    monkeypatch.setattr(
        age, "sealed_by_passphrase", lambda _, words: kept.append(words) or b"sealed"
    )
    monkeypatch.setenv("CASESCOPE_PASSPHRASE", "from the environment, long enough")
    council.terms = Terms("week", 168)
    package = council.send()
    words = ("open", side.root, package, "--wait", 0)
    done = invoke(side, *words)
    assert kept == []
    assert "a copy of the disk and the passphrase open the data" in " ".join(done.output.split())
    done = invoke(side, *words, given="four words from keyboard\nfour words from keyboard\n")
    assert kept == ["four words from keyboard"]
    assert done.exception.exit_code == 63
