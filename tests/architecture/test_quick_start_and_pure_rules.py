"""Commands load nothing heavy before they need it; rules read no clock."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import casescope.governance
import casescope.kernel

CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "monotonic"}


@pytest.mark.parametrize(
    "module", ["casescope.cli.study", "casescope.cli.ledger", "casescope.actions.study.study"]
)
def test_nothing_heavy_is_imported_before_it_is_needed(module):
    program = (
        f"import sys, {module}; "
        "sys.exit(' '.join({'django', 'duckdb', 'matplotlib', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("room", [casescope.governance, casescope.kernel], ids=lambda r: r.__name__)
def test_rules_read_no_clock(room):
    for path in Path(room.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in CLOCKS, f"{path.name} line {node.lineno}"
