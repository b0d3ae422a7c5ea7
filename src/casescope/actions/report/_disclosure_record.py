"""The disclosure record of a release: rules, what each table shows and hides, and the audit."""

from collections.abc import Mapping
from typing import Any

from casescope.kernel.canonical import Json

NO_AUDIT = "Not audited: the rule pack alone was applied, each table by itself."


def disclosure_record(told: Mapping[str, Any], audit: Mapping[str, Json] | None) -> dict[str, Json]:
    """Return the record on the figures of a report.json.

    `audit` is what the auditor says of them together with everything told before; its line
    `verdict`, one sentence, is what reviewers are shown first.
    """
    return {
        "rules": dict(told["rules"]),
        "tables": {table["id"]: _counted(table) for table in told["tables"]},
        "curves": {curve["id"]: "hidden" if curve["hidden"] else "shown"
                   for curve in told["curves"]},
        "audit": dict(audit) if audit else {"verdict": NO_AUDIT},
    }  # fmt: skip


def _counted(table: Mapping[str, Any]) -> dict[str, Json]:
    cells = [cell for row in table["rows"] for cell in row["cells"] if cell["kind"] != "text"]
    hidden = sum(cell["hidden"] for cell in cells)
    return {"shown": len(cells) - hidden, "hidden": hidden}
