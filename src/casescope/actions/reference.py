"""What the reference pages say of the rooms that the command line may not reach itself.

Nothing here opens a study: these are tables of the code, and SQL files beside it.
"""

import inspect
import re
import sys
from dataclasses import dataclass
from importlib import resources
from itertools import takewhile

from casescope.dataset.frame import FRAME, Issue
from casescope.dataset.invariants import INVARIANTS
from casescope.dataset.schema import TABLES as DATASET_TABLES
from casescope.dataset.sharing.proposals import PURPOSES
from casescope.dataset.sharing.quasi import QUASI
from casescope.dataset.sharing.schema import SHARED_TABLES
from casescope.dataset.table import Privacy, Table
from casescope.findings.query.counting import MOST_COMBINATIONS
from casescope.findings.query.functions import FUNCTIONS
from casescope.findings.query.sources import MOST as MOST_TABLES
from casescope.findings.query.tree import LONGEST
from casescope.findings.query.vetting import MOST_GROUPS
from casescope.findings.surviving import ABOUT_RECORDS, NEEDS, Need
from casescope.findings.worth import RULE
from casescope.identified.intake.tables import NOT_NEEDED, ExtractTable
from casescope.identified.intake.tables import TABLES as EXTRACT_TABLES
from casescope.identified.pipeline import STEPS
from casescope.identified.quality.sections import MEANINGS as SIGNS
from casescope.vault.sql import parameters_of
from casescope.vault.steps import Step

__all__ = [
    "ABOUT_RECORDS",
    "DATASET_TABLES",
    "EXTRACT_TABLES",
    "FRAME",
    "FUNCTIONS",
    "INVARIANTS",
    "LONGEST",
    "MOST_COMBINATIONS",
    "MOST_GROUPS",
    "MOST_TABLES",
    "NEEDS",
    "NOT_NEEDED",
    "PURPOSES",
    "QUASI",
    "RULE",
    "SHARED_TABLES",
    "SIGNS",
    "ExtractTable",
    "Issue",
    "Need",
    "Privacy",
    "Query",
    "StepFacts",
    "Table",
    "findings_queries",
    "steps",
]

FINDINGS = "casescope.findings.sql"


@dataclass(frozen=True)
class Query:
    """One SQL file: its name, its package, its leading comment, parameters and tables it reads."""

    name: str
    package: str
    comment: str
    parameters: tuple[str, ...]
    reads: tuple[str, ...]

    @property
    def path(self) -> str:
        """Return where the file lies in the repository."""
        return f"src/{self.package.replace('.', '/')}/{self.name}.sql"


@dataclass(frozen=True)
class StepFacts:
    """One step of the pipeline, what it is for, and its queries in the order they run."""

    step: Step
    purpose: str
    queries: tuple[Query, ...]


def steps() -> tuple[StepFacts, ...]:
    """Return the steps in the order they run."""
    return tuple(_facts(step) for step in STEPS)


def findings_queries() -> tuple[Query, ...]:
    """Return the queries by which findings read the dataset, by name."""
    return tuple(_query(FINDINGS, name) for name in sorted(_files(FINDINGS)))


def _facts(step: Step) -> StepFacts:
    module = sys.modules[step.build.__module__]
    purpose = (module.__doc__ or "").strip().split("\n\n")[0]
    package = step.build.__module__.rpartition(".")[0]
    names = _in_order(inspect.getsource(module), _files(package))
    return StepFacts(step, purpose, tuple(_query(package, name) for name in names))


def _in_order(source: str, files: set[str]) -> list[str]:
    """Return the files that a step's source names, as it does; else one for each dataset table."""
    named = [name for name in re.findall(r'"(\w+)"', source) if name in files]
    return list(dict.fromkeys(named)) or [table.name for table in DATASET_TABLES]


def _files(package: str) -> set[str]:
    return {
        file.name.removesuffix(".sql")
        for file in resources.files(package).iterdir()
        if file.name.endswith(".sql")
    }


def _query(package: str, name: str) -> Query:
    text = resources.files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")
    comment = " ".join(line[2:].strip() for line in takewhile(_is_comment, text.splitlines()))
    return Query(name, package, comment, tuple(sorted(parameters_of(text))), _reads(text))


def _is_comment(line: str) -> bool:
    return line.startswith("--")


def _reads(text: str) -> tuple[str, ...]:
    """Return the tables a statement reads, its own parts (WITH …) left out."""
    code = re.sub("--[^\n]*", "", text)
    own = set(re.findall(r"(?:WITH(?: RECURSIVE)?|,)\s*(\w+)(?:\([^)]*\))?\s+AS\s*\(", code))
    found = re.findall(r"\b(?:FROM|JOIN)\s+([a-z_][a-z0-9_.]*)(?!\s*\()", code)
    return tuple(name for name in dict.fromkeys(found) if name not in own)
