"""A shared dataset drawn by hand, or made up by the hundred, as the Parquet files of a package."""

import io
import random

import pyarrow as pa
import pyarrow.parquet as pq

from casescope.dataset.frame import FRAME
from casescope.dataset.schema import ENDINGS, IN_HER_CARE, TIMINGS
from casescope.dataset.sharing.quasi import QUASI
from casescope.dataset.sharing.schema import ISSUE, WOMAN

STEPS = {"age": 0, "ethnicity": 0, "area": 0, "index_period": 2, "followed": 2, "children": 1,
         "child_ages": 3, "intervals": 5}  # fmt: skip
ANYBODY = {
    "age": "25–29", "ethnicity": "White", "area": "North", "index_period": "2019–2020",
    "followed": "5 years or more", "children": "2", "child_ages": "one under 1",
    "intervals": "1", "tier": "T1", "in_her_care": "no", "pregnant": False,
    "care_experienced": False, "ending": "died",
}  # fmt: skip
SOURCES = [one.id for one in FRAME if one.structured]


def woman(number, **told):
    """Return one woman; what is not said of her is as of anybody."""
    return {"woman": f"{number:032x}"} | ANYBODY | told


def facts(steps=STEPS, **more):
    labels = {f"step of {one.name}": one.steps[steps[one.name]].label for one in QUASI}
    return {"linkage": "lenient", "removals": "broad", "reference_period": "2022 quarter 2",
            "risk_floor": "3"} | labels | more  # fmt: skip


def packed(women, issues=(), about=None):
    """Return the three files; `issues` are (woman, issue, timing, state)."""
    about = facts() if about is None else about
    columns = [column.name for column in WOMAN.columns]
    tables = {
        "shared_about": pa.table({"name": list(about), "value": list(about.values())}),
        "shared_woman": pa.table({name: _typed([one[name] for one in women]) for name in columns}),
        "shared_issue": pa.table({
            column.name: _typed([row[at] for row in issues])
            for at, column in enumerate(ISSUE.columns)
        }),
    }  # fmt: skip
    return {f"{name}.parquet": written(table) for name, table in tables.items()}


def _typed(values):
    kind = pa.bool_() if values and isinstance(values[0], bool) else pa.string()
    return pa.array(values, type=kind)


def written(table):
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def crowd(number, seed=7):
    """Return so many women and their issues, drawn at random but as the definitions allow."""
    draw = random.Random(seed)
    women = [_anyone(at, draw) for at in range(number)]
    issues = [
        (one["woman"], issue, timing, draw.choice(["yes", "yes", "no"]))
        for one in women
        for issue in SOURCES
        for timing in TIMINGS
        if draw.random() < 0.3
    ]
    return women, issues


def _anyone(at, draw):
    tier = draw.choice(["T1", "T1", "T2", "T3", "T4", "none"])
    care = {"T1": "no", "T2": draw.choice(["recorded", "unknown"])}.get(tier)
    return woman(
        at * 7919,
        tier=tier,
        age=draw.choice(["under 20", "20–24", "25–29", "30–34", "35–39", "40 and over"]),
        ethnicity=draw.choice(["White"] * 6 + ["Mixed", "Asian", "Black", "Not recorded"]),
        area=draw.choice(["North", "South", "East"]),
        in_her_care=care or draw.choice(IN_HER_CARE),
        pregnant=tier == "T2" and draw.random() < 0.3,
        care_experienced=tier == "T4" or draw.random() < 0.3,
        children="0" if tier == "T4" else "1" if tier == "T3" else draw.choice(["2", "3 or more"]),
        intervals="no removal" if tier == "T4" else draw.choice(["none", "1", "2 or more"]),
        ending=draw.choice(ENDINGS),
    )
