"""A study with a long ledger closed and its certificate verified, in a process; prints JSON."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from casescope.governance.record.ledger import Act
from casescope.governance.roles import Actor

_T = TypeVar("_T")
_DAY = date(2026, 11, 30)
_AT = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
_ME = Actor("benchmark")
_ROLES = """[roles]
analyst = ["benchmark"]
approver = ["benchmark"]
dpo = ["benchmark"]
director = ["benchmark"]

[storage]
stored_in = ["this machine"]
processed_in = ["this machine"]
"""


def closed(mothers: int, entries: int) -> dict[str, Any]:
    """Close a study of so many mothers, with one hold, whose ledger has so many entries more."""
    from casescope.actions.study.study import close
    from casescope.exchange.ending.certificate_file import check_beside, read_certificate

    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        home = _study(Path(folder), mothers, entries)
        seconds, processor, made = _measured(lambda: close(home, actor=_ME, today=_DAY))
        raw = (made.folder / "certificate.json").read_bytes()
        beside = {name: (made.folder / name).read_bytes() for name in made.certificate.files}

        def verify() -> bool:
            certificate, _ = read_certificate(raw, "certificate.json")
            for name, content in beside.items():
                check_beside(certificate, name, content, name)
            return certificate.consistent

        verified, _, sound = _measured(verify)
        if not sound:
            raise AssertionError("the certificate of a sound study is not sound")
        return {
            "seconds": seconds, "processor_seconds": processor, "verified": verified,
            "kilobytes": round(len(raw) / 1024),
        }  # fmt: skip


def _study(folder: Path, mothers: int, entries: int) -> Path:
    """Begin, load and run a study, hold one woman's rows and lengthen its ledger."""
    for name in ("STATE", "KEYS", "ARCHIVE"):
        os.environ[f"CASESCOPE_{name}"] = str(folder / name.lower())
    from casescope.actions.data import load, run
    from casescope.actions.ending import hold
    from casescope.actions.gate.head import keep_head
    from casescope.actions.study import study
    from casescope.governance.holds import Ground
    from casescope.register import open_register
    from casescope.synthetic import write_county

    home, county, given = folder / "study", folder / "county", folder / "given.toml"
    given.write_text(_ROLES, encoding="utf-8")
    write_county(county, mothers=mothers, seed=1)
    who: dict[str, Any] = {"actor": _ME, "today": _DAY}
    permit = study.create(home, from_file=given, **who)
    study.approve(home, dpia="D", agreement="A", notice="N", basis="B", **who)
    load.load(home, [county], **who)
    run.run(home, **who)
    truth = json.loads((county / "truth.json").read_text(encoding="utf-8"))
    hold.hold(home, truth["women"][0]["person_ids"][0], ground=Ground.RIGHTS,
              until=_DAY + timedelta(days=90), reason="a benchmark", **who)  # fmt: skip
    register = open_register()
    register.append_all(
        permit.study_id, [Act(_DAY, _AT, "benchmark", "quality", {"did": {}})] * entries
    )
    keep_head(register, permit.study_id)
    return home


def _measured(work: Callable[[], _T]) -> tuple[float, float, _T]:
    begun, used = time.perf_counter(), time.process_time()
    made = work()
    return time.perf_counter() - begun, time.process_time() - used, made


if __name__ == "__main__":
    print(json.dumps(closed(int(sys.argv[1]), int(sys.argv[2]))))
