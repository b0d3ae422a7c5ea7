"""Every row of the sensitivity table is what the whole study comes to with that one thing changed.

Parameters are changed in the study and everything is done again, by the SQL; removals left out are
left out of the plain version. 4 worlds by default; `CASESCOPE_WORLDS` tries others.
"""

import os
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casescope.dataset.schema import RECURRENCE_STAYS
from casescope.governance.study_file.parameters import Parameters
from casescope.identified.sensitivity.grid import Values, grid
from casescope.kernel.codes import REMOVAL_COUNTS
from tests.oracle.sensitivity import headlines
from tests.property.strategies import worlds
from tests.worlds import World

engine = pytest.importorskip("tests.engine")

TRIED = os.environ.get("CASESCOPE_WORLDS", "")
FEW = settings(
    max_examples=int(TRIED or 4),
    deadline=None,
    derandomize=not TRIED,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)
OWN = ("nothing", "")
LEFT_OUT = ("least_days", "without_need", "without_first_at")


def counts(world: World) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of the sensitivity table under strict linkage, by variation and count."""
    with engine.studied(world) as connection:
        rows = connection.execute(
            "SELECT (varied, setting), removals, {'women': women, 'repeat_women': repeat_women, "
            "'repeat_events': repeat_events, 't1': t1, 't2_only_unknown': t2_only_unknown, "
            "'t2': t2, 't3': t3} FROM dataset.sensitivity WHERE linkage = 'strict'"
        ).fetchall()
        spells = connection.execute(
            "SELECT (varied, setting), removals, days, events, censored "
            "FROM dataset.sensitivity_spell WHERE linkage = 'strict' ORDER BY ALL"
        ).fetchall()
    found = {(tuple(key), removals): {**row, "spells": []} for key, removals, row in rows}
    for key, removals, *spell in spells:
        found[tuple(key), removals]["spells"].append(tuple(spell))
    return found


@FEW
@given(worlds(), st.data())
def test_a_parameter_varied_is_the_study_done_again(world: World, data: st.DataObject) -> None:
    """ "the event window, gap, washout, look-back …": as if study.toml had said so."""
    said = counts(world)
    varied = sorted({key for key, _ in said if key[0] not in LEFT_OUT and key != OWN})
    for name, setting in data.draw(st.lists(st.sampled_from(varied), min_size=3, max_size=3)):
        changed = replace(world.parameters, **{name: int(setting)})
        again = counts(world.but(parameters=changed))
        for count in REMOVAL_COUNTS:
            wanted, row = again[OWN, count], said[(name, setting), count]
            if name in RECURRENCE_STAYS:
                assert wanted["spells"] == said[OWN, count]["spells"]
                wanted = {**wanted, "spells": []}
            assert row == wanted, (name, setting, count)


@FEW
@given(worlds())
def test_removals_left_out_are_left_out_before_events_are_made(world: World) -> None:
    """ "removals lasting at least 7 and at least 28 days, leaving out CIN need N2, and leaving out
    first removals at 16 or 17".
    """
    said = counts(world)
    for key in [OWN, *{key for key, _ in said if key[0] in LEFT_OUT}]:
        for count in REMOVAL_COUNTS:
            assert said[key, count] == headlines(world, count, *key), (key, count)


def test_every_parameter_is_varied_but_those_of_linkage() -> None:
    """ "Every parameter below … is varied in the sensitivity table"; lenient and strict linkage are
    themselves compared, and the observation start is a fact about the extract.
    """
    default = Parameters()
    own = Values(**{field.name: getattr(default, field.name) for field in fields(Values)})
    left = {field.name for field in fields(Parameters)} - {one.varied for one in grid(own)}
    assert left == {"link_threshold", "review_low", "observation_start"}
