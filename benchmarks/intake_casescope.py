"""The product's own load of a folder into an encrypted layer, in a process of its own."""

import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.intake_returns import REFERENCE_DATE
from casescope.identified.intake.load import load
from casescope.vault.keys import KeyRing
from casescope.vault.layers import Vault, drafting


def main() -> None:
    """Load the folder named; print seconds and how many rows were read."""
    with tempfile.TemporaryDirectory(prefix="casescope-contender-") as work:
        vault = Vault(Path(work) / "study", "benchmark", KeyRing(Path(work) / "keys"))
        vault.folder.mkdir(parents=True)
        vault.keys.create("benchmark")
        begun, used = time.perf_counter(), time.process_time()
        with drafting(vault, name="extract", wing="identified", step_key="", inputs={}) as draft:
            files = load(draft.connection, [Path(sys.argv[1])], reference_date=REFERENCE_DATE)
        draft.published()
        taken = {
            "seconds": time.perf_counter() - begun,
            "processor_seconds": time.process_time() - used,
        }
    print(json.dumps({**taken, "rows": sum(file.rows for file in files)}))


if __name__ == "__main__":
    main()
