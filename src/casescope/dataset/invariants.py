"""What must hold of every analysis dataset, checked after each build.

A breach is a fault of ours, not of the extract: the build stops and the previous dataset stands.
"""

import duckdb

INVARIANTS: dict[str, str] = {
    "every woman has a standing under each count": """
        SELECT woman FROM woman GROUP BY linkage, woman
        HAVING (SELECT count(*) FROM standing AS s
                WHERE s.linkage = woman.linkage AND s.woman = woman.woman) <> 3""",
    "a woman has a tier or a reason, never both": """
        SELECT woman FROM standing WHERE (tier IS NULL) = (no_tier IS NULL)""",
    "two or more removed children in T1 and T2, one in T3, none in T4": """
        SELECT woman FROM standing
        WHERE (tier IN ('T1', 'T2') AND removed_children < 2)
           OR (tier = 'T3' AND removed_children <> 1)
           OR (tier = 'T4' AND removed_children <> 0)""",
    "nobody in T1 is pregnant or may have a child in her care": """
        SELECT woman FROM standing
        WHERE tier = 'T1' AND (pregnant OR in_her_care <> 'no')""",
    "removed children are the children of the removals": """
        SELECT woman FROM standing AS s
        WHERE removed_children <> (SELECT count(DISTINCT child) FROM removal AS r
            WHERE r.linkage = s.linkage AND r.removals = s.removals AND r.woman = s.woman)""",
    "every removed child has one course of care, from the first removal": """
        SELECT child FROM (
            SELECT linkage, removals, woman, child, min(day) AS first_day FROM removal
            GROUP BY linkage, removals, woman, child
        ) AS first_removal
        FULL JOIN care_course USING (linkage, removals, woman, child, first_day)
        WHERE first_removal.child IS NULL OR care_course.child IS NULL""",
    "days in care are the days in each kind of placement": """
        SELECT child FROM care_course
        WHERE days_in_care <> days_relatives + days_foster + days_adoption + days_residential
                + days_with_parent + days_other
           OR least(days_relatives, days_foster, days_adoption, days_residential,
                    days_with_parent, days_other, permanence_days) < 0
           OR greatest(days_in_care, permanence_days) > -first_day""",
    "a child with days in care has a placement of most days": """
        SELECT child FROM care_course WHERE (longest_kind = 'none') <> (days_in_care = 0)""",
    "events are the events of the removals": """
        SELECT woman FROM event AS e
        WHERE children <> (SELECT count(DISTINCT child) FROM removal AS r
            WHERE r.linkage = e.linkage AND r.removals = e.removals
              AND r.woman = e.woman AND r.event = e.event)""",
    "repeat events are later events with a new child": """
        SELECT woman FROM standing AS s
        WHERE repeat_events <> (SELECT count(*) FROM event AS e
            WHERE e.linkage = s.linkage AND e.removals = s.removals AND e.woman = s.woman
              AND e.event > 1 AND e.new_children > 0)""",
    "a woman's first event is new to her": """
        SELECT woman FROM event WHERE event = 1 AND new_children <> children""",
    "strict removals are broad ones, and broad ones wide": """
        SELECT child FROM removal AS r
        WHERE (removals = 'strict' AND NOT EXISTS (SELECT 1 FROM removal AS o
                WHERE o.linkage = r.linkage AND o.removals = 'broad'
                  AND o.child = r.child AND o.day = r.day))
           OR (removals = 'broad' AND NOT EXISTS (SELECT 1 FROM removal AS o
                WHERE o.linkage = r.linkage AND o.removals = 'wide'
                  AND o.child = r.child AND o.day = r.day))""",
    "no removal lies after the reference date": "SELECT child FROM removal WHERE day > 0",
    "no follow-up is negative": "SELECT woman FROM spell WHERE follow_up_days < 0",
    "follow-up to a next newborn is no shorter, and as long where no event came": """
        SELECT woman FROM spell
        WHERE newborn_follow_up_days < follow_up_days
           OR (ending <> 'event' AND (newborn_follow_up_days, newborn_ending)
               <> (follow_up_days, ending))""",
    "time followed is some time, and nobody is removed in less than none": """
        SELECT woman FROM exposure WHERE days <= 0 OR children < 0""",
    "children newly removed leave the two that the clock needs": """
        SELECT woman FROM exposure AS e GROUP BY linkage, removals, woman
        HAVING sum(children) + 2 > (SELECT removed_children FROM standing AS s
            WHERE s.linkage = e.linkage AND s.removals = e.removals AND s.woman = e.woman)""",
    "each child has one mother": """
        SELECT child FROM removal GROUP BY linkage, removals, child
        HAVING count(DISTINCT woman) > 1""",
    "the flow's stocks add up": """
        SELECT later.step FROM flow AS later JOIN flow AS earlier
          ON later.linkage = earlier.linkage AND later.removals = earlier.removals
         AND later.kind = 'stock' AND earlier.kind = 'stock'
         AND earlier.step = (SELECT max(step) FROM flow AS s WHERE s.kind = 'stock'
             AND s.step < later.step AND s.linkage = later.linkage AND s.removals = later.removals)
        WHERE later.women <> earlier.women - (SELECT coalesce(sum(women), 0) FROM flow AS gone
            WHERE gone.kind = 'out' AND gone.linkage = later.linkage
              AND gone.removals = later.removals
              AND gone.step BETWEEN earlier.step AND later.step)""",
    "the flow's tiers are the cohort": """
        SELECT removals FROM flow GROUP BY linkage, removals
        HAVING sum(women) FILTER (kind = 'tier')
            <> max(women) FILTER (name = 'in_cohort')""",
    "the flow's tiers are those of the women": """
        SELECT name FROM flow AS f WHERE kind = 'tier' AND women <>
            (SELECT count(*) FROM standing AS s
             WHERE s.linkage = f.linkage AND s.removals = f.removals AND s.tier = f.name)""",
    "where nothing is varied, the sensitivity table's women are those of the standings": """
        SELECT t1 FROM sensitivity AS v WHERE varied = 'nothing' AND (t1, t2, t3, repeat_women) <>
            (SELECT (count(*) FILTER (tier = 'T1'), count(*) FILTER (tier = 'T2'),
                     count(*) FILTER (tier = 'T3'), count(*) FILTER (repeat_events > 0))
             FROM standing AS s WHERE s.linkage = v.linkage AND s.removals = v.removals)""",
    "no variation has fewer than nobody": """
        SELECT t1 FROM sensitivity
        WHERE least(women, repeat_women, repeat_events, t1, t2, t3) < 0 OR t2_only_unknown > t2
        UNION ALL
        SELECT days FROM sensitivity_spell WHERE least(days, events, censored) < 0""",
    "a mother is found for no more children than there are": """
        SELECT value FROM coverage WHERE with_mother > removed_children""",
    "each breakdown of coverage counts every removed child once": """
        SELECT linkage FROM coverage GROUP BY linkage, breakdown
        HAVING sum(removed_children) <> (SELECT sum(removed_children) FROM coverage AS whole
            WHERE breakdown = 'all' AND whole.linkage = coverage.linkage)""",
    "no more links are judged, or one woman's, than there are": """
        SELECT place FROM links_reviewed
        WHERE one_woman > judged OR judged + unsure > pairs OR least(one_woman, unsure) < 0""",
    "each breakdown of links reviewed counts every pair once": """
        SELECT breakdown FROM links_reviewed GROUP BY breakdown
        HAVING sum(pairs) <> (SELECT sum(pairs) FROM links_reviewed WHERE breakdown = 'all')""",
    "tokens are 128 random bits, in hex": """
        SELECT woman FROM woman WHERE NOT regexp_full_match(woman, '[0-9a-f]{32}')
        UNION ALL
        SELECT child FROM removal WHERE NOT regexp_full_match(child, '[0-9a-f]{32}')""",
}
"""Each invariant, in words, with a query that returns the rows that break it."""


class InvariantBroken(AssertionError):
    """The dataset contradicts itself or the definitions; says which invariant, and how often."""


def broken(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the invariants that do not hold and how many rows break each."""
    found = {}
    for words, query in INVARIANTS.items():
        row = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
        if row and row[0]:
            found[words] = int(row[0])
    return found


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise InvariantBroken unless every invariant holds of the dataset in the current schema."""
    if faults := broken(connection):
        raise InvariantBroken("; ".join(f"{words}: {rows} rows" for words, rows in faults.items()))
