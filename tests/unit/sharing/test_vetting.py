"""What a query may be: each rule with what keeps it and what breaks it."""

import json
import random

import duckdb
import pytest

from casescope.dataset.sharing.opening import open_in_memory
from casescope.findings.query import count, facts, vetted
from casescope.findings.query.tree import LONGEST
from casescope.findings.query.vetting import COUNTS, ORDER, ROWS
from casescope.kernel.errors import InputRefused, UserError
from tests.unit.sharing.drawn import crowd, packed


@pytest.fixture(scope="module")
def connection():
    with open_in_memory(packed(*crowd(60))) as opened:
        yield opened


W, I = "FROM shared_woman", "FROM shared_issue"  # noqa: E741 — the tables' letters
REFUSED = {
    # a woman's token may be joined on and counted, and nothing else
    f"SELECT count(*) {W} WHERE woman = 'abc'": "token",
    f"SELECT count(*) {W} WHERE woman < '8'": "token",
    f"SELECT count(*) {W} WHERE woman IN ('abc')": "token",
    f"SELECT count(*) {W} WHERE woman IS NOT NULL": "token",
    f"SELECT left(woman, 1), count(*) {W} GROUP BY 1": "token",
    f"SELECT min(woman) {W}": "function",
    f"SELECT count(*) {W} w JOIN shared_issue i USING (woman) WHERE w.woman > 'a'": "token",
    # rows come from the shared tables, joined on the woman
    "SELECT 1": "shared tables",
    "SELECT tier FROM sensitive": "no such table",
    "SELECT tier FROM main.shared_woman": "not understood",
    "SELECT tier FROM memory.main.shared_woman": "not understood",
    f"SELECT tier {W}, shared_issue": "joined on the woman",
    f"SELECT tier {W} CROSS JOIN shared_issue": "joined on the woman",
    f"SELECT tier {W} POSITIONAL JOIN shared_issue": "joined on the woman",
    f"SELECT tier {W} NATURAL JOIN shared_issue": "joined on the woman",
    f"SELECT tier {W} ASOF JOIN shared_issue USING (woman)": "joined on the woman",
    f"SELECT tier {W} FULL JOIN shared_issue USING (woman)": "joined on the woman",
    f"SELECT tier {W} RIGHT JOIN shared_issue USING (woman)": "joined on the woman",
    f"SELECT tier {W} w JOIN shared_issue i ON i.state = w.tier": "joined on the woman",
    f"SELECT tier {W} w JOIN shared_issue i ON i.woman <> w.woman": "joined on the woman",
    f"SELECT tier {W} w JOIN shared_issue i ON i.woman = i.woman": "joined on the woman",
    f"SELECT tier {W} w JOIN shared_issue i ON w.woman = w.woman": "joined on the woman",
    f"SELECT tier {W} w JOIN shared_issue i ON i.woman = w.woman OR true": "joined on the woman",
    f"SELECT tier {W} w JOIN shared_issue i USING (woman, state)": "joined on the woman",
    f"SELECT tier {W} w JOIN shared_about a ON a.name = w.tier": "joined on the woman",
    f"SELECT count(*) {W} a JOIN shared_woman b USING (woman) JOIN shared_woman c USING (woman) "
    "JOIN shared_woman d USING (woman) JOIN shared_woman e USING (woman)": "4 tables",
    f"SELECT tier {W} a JOIN shared_woman a USING (woman)": "one name",
    "SELECT tier FROM (SELECT * FROM shared_woman)": "shared tables",
    "SELECT a FROM (VALUES (1)) AS t(a)": "shared tables",
    "SELECT range FROM range(10)": "shared tables",
    "SELECT * FROM unnest([1, 2])": "shared tables",
    f"SELECT tier {W} TABLESAMPLE 10%": "not understood",
    f"SELECT tier {W} USING SAMPLE 5": "sample",
    f"SELECT x {W} AS w(x)": "not understood",
    # subqueries say which women
    f"SELECT tier {W} WHERE tier IN (SELECT state {I})": "which women",
    f"SELECT tier {W} WHERE woman IN (SELECT issue {I})": "which women",
    f"SELECT tier {W} WHERE tier = (SELECT max(state) {I})": "which women",
    f"SELECT tier {W} WHERE woman > ANY (SELECT woman {I})": "which women",
    f"SELECT tier {W} WHERE woman IN (SELECT woman {I} LIMIT 1)": "which women",
    f"SELECT tier {W} WHERE woman IN (SELECT woman {I} GROUP BY woman)": "not understood",
    f"SELECT tier {W} WHERE woman IN (SELECT woman {I} HAVING count(*) > 1)": "not understood",
    f"SELECT tier {W} WHERE woman IN (SELECT woman {I} UNION SELECT woman {I})": "UNION",
    f"SELECT tier {W} WHERE woman IN (SELECT name FROM shared_about)": "which women",
    f"SELECT tier {W} WHERE EXISTS (SELECT 1 {I})": "which women",
    f"SELECT tier {W} w WHERE EXISTS (SELECT 1 {I} i WHERE i.woman <> w.woman)": "which women",
    f"SELECT tier {W} w WHERE EXISTS (SELECT 1 {I} i WHERE i.woman = w.woman OR true)": "which",
    f"SELECT tier {W} w WHERE EXISTS (SELECT 1 {I} i WHERE i.woman = w.woman AND "
    "w.tier = 'T1')": "do not have",
    f"SELECT (SELECT count(*) {I}) {W}": "which women",
    # what is counted, and how
    f"SELECT sum(1) {W}": "function",
    f"SELECT avg(length(tier)) {W}": "function",
    f"SELECT max(age) {W}": "function",
    f"SELECT list(tier) {W}": "function",
    f"SELECT count(tier) {W}": "counts women",
    f"SELECT count(DISTINCT tier) {W}": "counts women",
    f"SELECT count(*) FILTER (WHERE pregnant) {W}": "not understood",
    f"SELECT count(*) OVER () {W}": "window",
    f"SELECT row_number() OVER () {W}": "window",
    f"SELECT tier, count(*) {W} GROUP BY tier HAVING count(*) > 3": "HAVING",
    f"SELECT tier {W} QUALIFY true": "QUALIFY",
    f"SELECT tier {W} LIMIT 3": "LIMIT",
    f"SELECT tier {W} LIMIT 10%": "LIMIT",
    f"SELECT tier {W} OFFSET 3": "LIMIT",
    f"SELECT DISTINCT ON (tier) tier {W}": "DISTINCT ON",
    f"SELECT tier, age, count(*) {W} GROUP BY ROLLUP (tier, age)": "ROLLUP",
    f"SELECT tier, age, count(*) {W} GROUP BY CUBE (tier, age)": "ROLLUP",
    f"SELECT tier, age, count(*) {W} GROUP BY GROUPING SETS ((tier), (age))": "ROLLUP",
    f"SELECT tier, count(*) {W} GROUP BY 7": "place",
    f"SELECT grouping(tier) {W} GROUP BY tier": "operator",
    f"SELECT tier {W} UNION SELECT tier {W}": "UNION",
    f"WITH mine AS (SELECT * {W}) SELECT tier {W}": "WITH",
    f"SELECT tier {W}; SELECT tier {W}": "one SELECT",
    # expressions look at one row, cannot fail, and draw no lots
    f"SELECT random() {W}": "function",
    f"SELECT uuid() {W}": "function",
    f"SELECT now() {W}": "function",
    f"SELECT hash(tier) {W}": "function",
    f"SELECT md5(tier) {W}": "function",
    f"SELECT current_setting('threads') {W}": "function",
    f"SELECT error(tier) {W}": "function",
    f"SELECT length(tier) + 1 {W}": "function",
    f"SELECT 9223372036854775807 + 1 {W}": "function",
    f"SELECT tier.x {W}": "do not have",
    f"SELECT regexp_matches(tier, 'T1') {W}": "function",
    f"SELECT repeat(tier, 1000000) {W}": "function",
    f"SELECT substring(tier, 100000000) {W}": "number from 1",
    f"SELECT left(tier, length(age)) {W}": "number from 1",
    f"SELECT CAST(tier AS DATE) {W}": "cast to",
    f"SELECT CAST(tier AS DECIMAL(3, 1)) {W}": "cast to",
    f"SELECT [tier] {W}": "function",
    f"SELECT {{'a': tier}} {W}": "function",
    f"SELECT list_transform([tier], x -> x) {W}": "function",
    f"SELECT tier COLLATE nocase {W}": "Leave out",
    f"SELECT #1 {W}": "Leave out",
    f"SELECT ? {W}": "not understood",
    f"SELECT COLUMNS('t.*') {W}": "not understood",
    f"SELECT * REPLACE ('x' AS tier) {W}": "not understood",
    f"SELECT 1.5 {W}": "single quotes",
    f"SELECT count(*) {W} WHERE age < 30": "mixes",
    f"SELECT count(*) {W} WHERE pregnant = 'yes'": "mixes",
    f"SELECT count(*) {W} WHERE tier": "True or false is needed",
    f"SELECT CASE WHEN pregnant THEN 'yes' ELSE 1 END {W}": "mixes",
    f"SELECT coalesce(tier, 1) {W}": "mixes",
    f"SELECT name {W}": "do not have",
    f"SELECT woman, state {W} a JOIN shared_issue b USING (woman) JOIN shared_issue c "
    "USING (woman)": "two of its tables",
    "SELECT count(*) FROM shared_about": "read, not counted",
    "SELECT tier FROM shared_woman w JOIN shared_about a USING (woman)": "stand alone",
    f"SELECT {'x' * LONGEST} {W}": "letters long",
    "SELEC tier": "not SQL",
    "": "one SELECT",
}


@pytest.mark.parametrize("sql", REFUSED, ids=lambda sql: sql[:60])
def test_a_query_that_breaks_a_rule_is_refused_with_a_sentence(sql, connection):
    with pytest.raises(InputRefused) as refused:
        vetted(sql, connection)
    assert REFUSED[sql] in f"{refused.value.sentence} {refused.value.remedy}"
    assert refused.value.remedy


def test_what_is_nothing_whatever_happens_is_compared_with_no_row(connection):
    """A NULL of unknown kind beside a column could make the column be cast, and fail on a row."""
    for nothing in ("NULL", "coalesce(NULL, NULL)", "CASE WHEN pregnant THEN NULL END",
                    "CASE WHEN tier = 'T1' THEN coalesce(NULL) ELSE NULL END"):  # fmt: skip
        for sql in (
            f"SELECT count(*) {W} WHERE {nothing} = tier",
            f"SELECT count(*) {W} WHERE tier IN ({nothing}, {nothing})",
            f"SELECT count(*) {W} WHERE length(age) > {nothing} OR {nothing}",
        ):
            found = count(vetted(sql, connection), connection)
            assert found.sets == (0,)


def test_what_is_nested_too_deeply_is_refused(connection):
    for sql in (f"SELECT tier {W} WHERE {'NOT ' * 1_200} pregnant",
                f"SELECT {'lower(' * 600}tier{')' * 600} {W}"):  # fmt: skip
        with pytest.raises(InputRefused):
            vetted(sql, connection)


def test_a_refusal_repeats_nothing_of_the_query(connection):
    for sql in ("SELECT secret FROM shared_woman", "SELECT tier FROM secret",
                "SELECT count(*) FROM shared_woman WHERE tier = 'secret' AND age < 3",
                "SELECT secret(tier) FROM shared_woman", "SELECT 'secret"):  # fmt: skip
        with pytest.raises(InputRefused) as refused:
            vetted(sql, connection)
        assert "secret" not in str(refused.value)


def test_what_was_made_of_a_query_is_said(connection):
    assert vetted(f"SELECT tier, count(*) {W} GROUP BY tier", connection).says == (COUNTS,)
    assert vetted(f"SELECT woman, tier {W}", connection).says == (ROWS,)
    assert vetted(f"SELECT * {W}", connection).says == (ROWS,)
    assert vetted(f"SELECT DISTINCT tier {W}", connection).says == (ROWS,)
    said = vetted(f"SELECT tier, count(*) {W} GROUP BY ALL ORDER BY 2 DESC", connection).says
    assert said == (COUNTS, ORDER)


def test_the_facts_of_the_package_are_read_as_they_are(connection):
    query = vetted("SELECT value FROM shared_about WHERE name LIKE 'step of a%'", connection)
    found = facts(query, connection)
    assert found.columns == ("value",)
    assert found.rows == (("areas",), ("five years",))


def test_columns_called_alike_are_told_apart(connection):
    query = vetted(f"SELECT w.tier AS a, w.age AS a, lower(tier) AS a {W} w", connection)
    assert [name for _, name in query.groups] == ["a", "a (2)", "a (3)"]


_WORDS = ("tier", "age", "'T1'", "pregnant", "woman", "count(*)", "lower(age)", "3", "NULL",
          "state", "issue", "*", "w.tier", "i.woman", "i.state", "random()", "true")  # fmt: skip
_FROMS = ("shared_woman", "shared_issue", "shared_woman w JOIN shared_issue i USING (woman)",
          "shared_woman w LEFT JOIN shared_issue i ON i.woman = w.woman AND i.state = 'yes'",
          "shared_woman, shared_issue", "shared_about", "range(3)")  # fmt: skip
_WHERES = ("", "WHERE {a} = {b}", "WHERE {a} IN ({b}, {a})", "WHERE NOT {a}",
           "WHERE woman IN (SELECT woman FROM shared_issue WHERE state = 'yes')",
           "WHERE {a} LIKE {b} OR {a} IS NULL", "WHERE {a} BETWEEN {b} AND {a}",
           "WHERE CASE WHEN {a} = {b} THEN 'x' ELSE {a} END = {b}")  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_queries_thrown_together_are_refused_or_count_women_without_an_error(seed, connection):
    """No query that passes can fail while it runs, and none counts more women than there are."""
    draw, passed, too_many = random.Random(seed), 0, []
    for _ in range(250):
        a, b = draw.choice(_WORDS), draw.choice(_WORDS)
        where = draw.choice(_WHERES).format(a=a, b=b)
        items = ", ".join(draw.sample(_WORDS, draw.randint(1, 3)))
        sql = (
            f"SELECT {items} FROM {draw.choice(_FROMS)} {where} {draw.choice(['', 'GROUP BY ALL'])}"
        )
        try:
            query = vetted(sql, connection)
        except UserError:
            continue
        passed += 1
        if query.is_of_facts:
            facts(query, connection)
            continue
        try:
            found = count(query, connection)
        except InputRefused as refused:
            too_many.append(refused.sentence)
            continue
        assert all(one.bit_count() <= 60 and one >> 60 == 0 for one in found.sets), sql
    assert passed > 8
    assert all("groups" in sentence for sentence in too_many)


def test_every_field_that_the_parser_may_say_something_in_is_understood_or_refused(connection):
    """A field that nobody thought of is refused, wherever in the tree it stands."""
    from casescope.findings.query import vetting

    sql = ("SELECT lower(age) AS a, count(*) FROM shared_woman w JOIN shared_issue i "
           "ON i.woman = w.woman WHERE tier = 'T1' AND age IN ('x') AND NOT pregnant "
           "AND CAST(children AS INTEGER) > 1 AND age BETWEEN 'a' AND 'b' "
           "AND w.woman IN (SELECT woman FROM shared_issue) GROUP BY 1")  # fmt: skip
    text = connection.execute(
        "SELECT json_serialize_sql(?, skip_default := true, skip_empty := true, skip_null := true)",
        [sql],
    ).fetchone()[0]
    select = json.loads(text)["statements"][0]["node"]
    vetting._vetted(select)
    nodes = list(_nodes(select))
    assert len(nodes) > 30
    for node in nodes:
        node["unheard_of"] = True
        with pytest.raises(InputRefused):
            vetting._vetted(select)
        del node["unheard_of"]
    assert len(sql) < LONGEST


def _nodes(node):
    """Yield every expression, table and SELECT of a tree."""
    if isinstance(node, dict):
        if "type" in node and (
            "class" in node or "query_location" in node or "select_list" in node
        ):
            yield node
        for inner in node.values():
            yield from _nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _nodes(inner)


def test_the_parser_is_that_of_the_duckdb_we_tested():
    assert duckdb.__version__.startswith("1.5.")
