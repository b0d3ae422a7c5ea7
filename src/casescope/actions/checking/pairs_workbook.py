"""The review of doubtful links in a workbook: exported at the council, and its answers imported."""

import secrets
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casescope.actions.checking._review import (
    drawn_lots,
    keep_lots,
    made,
    open_for_review,
    reading,
    restricted,
    state_of,
)
from casescope.actions.gate.gate import Permit, commit
from casescope.actions.work.copies import file_copy
from casescope.actions.work.handed_out import new_file
from casescope.governance.link_decisions import LinkDecision, check_names_nobody
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.review.filled import MOST_BYTES, Answer, read
from casescope.identified.review.reading import hidden
from casescope.identified.review.standing import Key, Pair, by_pair, key_of, numbers_of, subjects_of
from casescope.identified.review.view import views
from casescope.identified.review.workbook import MOST_PAIRS, PAIRS, WHY, written
from casescope.kernel.canonical import digest
from casescope.kernel.errors import InputRefused, NotAllowed, NotFound
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register

if TYPE_CHECKING:
    import duckdb

_SILENT = Silent()


def export(
    home: Path,
    file: Path,
    *,
    reason: str,
    sample: int = 0,
    seed: int = 1,
    unsure_again: bool = False,
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
) -> dict[str, Any]:
    """Write the waiting pairs side by side into a new workbook; return how many, and warnings.

    With `sample`, that many are drawn at random, kept as drawn, and alone written.
    """
    permit = open_for_review(
        home, Action.EXPORT_PAIRS, actor=actor, today=today, reason=reason, progress=progress,
        settled=True,
    )  # fmt: skip
    export_id = secrets.token_hex(8)
    with reading(permit) as connection:
        lots = drawn_lots(connection, permit, sample, seed)
        state = state_of(connection, permit, drawn_too=lots, only_drawn=bool(sample),
                         unsure_again=unsure_again)  # fmt: skip
        shown = views(connection, state.waiting[:MOST_PAIRS], out_of_sight=state.out_of_sight,
                      until=permit.study.reference_date)  # fmt: skip
    content = written(shown, study_id=permit.study_id, export_id=export_id)
    _check_place(file, permit.home)
    with new_file(permit, file) as stream:
        commit(
            permit,
            detail={
                "export": export_id,
                "pairs": len(shown),
                "drawn": len(lots),
                "copies": [file_copy("pairs", file, content)],
            },
            change=lambda register: keep_lots(register, permit, lots, seed),
        )
        stream.write(content)
    return {
        "file": str(file),
        "pairs": len(shown),
        "left_for_later": len(state.waiting) - len(shown),
        "warnings": _warnings(file, permit.home),
    }


def take_in(home: Path, file: Path, *, actor: Actor, today: date) -> dict[str, int]:
    """Import a workbook's answers, all or none; return how many were new, changed or left alone.

    An answer counts when it is not what this workbook said of the pair at its last import: so
    importing twice changes nothing, and never brings back what was changed or withdrawn since.
    """
    permit = open_for_review(home, Action.DECIDE, actor=actor, today=today)
    content = _content(file)
    filled = read(content, study_id=permit.study_id)
    how = f"workbook {filled.export_id}"
    with reading(permit) as connection:
        placed = _placed(connection, filled.answers)
        unseen = hidden(connection, restricted(permit))
        in_sight = {key: answer for key, answer in placed.items() if not set(key) & unseen}
        said = _said_before(connection, permit, how)
        new = {key: one for key, one in in_sight.items() if said.get(key) != one.verdict.value}
        _check_reasons(connection, permit, new)
        decisions = _made(connection, permit, new, how)
    changed: list[LinkDecision] = []
    verdicts = Counter(one.verdict.value for one in decisions)
    commit(
        permit,
        detail={"export": filled.export_id, "decisions": dict(verdicts),
                "ids": digest([one.decision_id for one in decisions])},
        change=lambda register: changed.extend(register.decide(permit.study_id, decisions)),
    )  # fmt: skip
    return {
        "imported": len(decisions),
        "changed": _differing(changed, decisions),
        "imported_before": len(in_sight) - len(new),
        "withheld": len(placed) - len(in_sight),
        "no_longer_two_women": len(filled.answers) - len(placed),
        "not_answered": filled.unanswered,
    }


def _check_place(file: Path, home: Path) -> None:
    if file.suffix.lower() != ".xlsx":
        raise NotAllowed("The workbook's name must end in .xlsx.", "Name it pairs.xlsx, say.")
    if any(file.resolve().is_relative_to(home / name) for name in ("vault", "report")):
        raise NotAllowed(
            "The workbook holds names in plain text, which this folder never does.",
            "Choose a folder of the council's that only you can read.",
        )


def _warnings(file: Path, home: Path) -> list[str]:
    place = file.resolve()
    found = ["The workbook holds names and birth dates in plain text. Keep it at the council, and "
             "delete it when its answers are imported."]  # fmt: skip
    if place.is_relative_to(home):
        found.append("It lies in the study folder, and closing the study does not delete it.")
    if place.is_relative_to(Path(tempfile.gettempdir()).resolve()):
        found.append("It lies in a folder for temporary files.")
    if _SHARED.intersection(word for part in place.parts for word in part.casefold().split()):
        found.append("It lies in a folder that is copied elsewhere (a synchronised drive).")
    return found


_SHARED = frozenset({"onedrive", "dropbox", "icloud", "google", "sharepoint", "box", "nextcloud"})


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise InputRefused(f"{file} is far larger than any workbook that casescope exports.")
        return file.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"There is no file {file}.", "Name the workbook.") from None
    except OSError as error:
        raise InputRefused(f"{file} cannot be read.", "Close it in Excel and try again.") from error


def _placed(
    connection: "duckdb.DuckDBPyConnection", answers: Sequence[Answer]
) -> dict[Key, Answer]:
    """Return the answers by the women they are on; those now known to be one woman are left out."""
    ids = [each for answer in answers for each in (answer.one, answer.other)]
    numbers = numbers_of(connection, ids)
    found: dict[Key, Answer] = {}
    for answer in answers:
        one, other = numbers.get(answer.one), numbers.get(answer.other)
        if one is None or other is None or one == other:
            continue
        before = found.setdefault(key_of(one, other), answer)
        if before.verdict is not answer.verdict:
            raise InputRefused(
                f"Sheet '{PAIRS}', row {answer.row}: since the export these have become the two "
                f"women of row {before.row}, with another decision. Nothing was imported.",
                "Make the two decisions agree, or empty one.",
            )
    return found


def _said_before(
    connection: "duckdb.DuckDBPyConnection", permit: Permit, how: str
) -> dict[Key, str]:
    """Return what this export's workbook said of each pair when it was last imported."""
    mine = [one for one in open_register().decisions(permit.study_id) if one.how == how]
    return {key: said[-1].verdict.value for key, said in by_pair(connection, mine).items()}


def _differing(old: Sequence[LinkDecision], new: Sequence[LinkDecision]) -> int:
    """Return how many earlier decisions were changed to another verdict."""
    said = {frozenset(ids): one.verdict for one in new for ids in product(one.one, one.other)}
    return sum(
        all(said.get(frozenset(ids)) is not one.verdict for ids in product(one.one, one.other))
        for one in old
    )


def _check_reasons(
    connection: "duckdb.DuckDBPyConnection", permit: Permit, new: dict[Key, Answer]
) -> None:
    """Refuse a reason that quotes what is known of its two women, naming the row."""
    given = {key: answer for key, answer in new.items() if answer.why}
    pairs = [Pair(key, None, "") for key in given]
    shown = views(connection, pairs, out_of_sight=(), until=permit.study.reference_date)
    for view in shown:
        answer = given[view.pair.key]
        try:
            check_names_nobody(answer.why, [*view.one.private(), *view.other.private()])
        except NotAllowed as refusal:
            raise InputRefused(
                f"Sheet '{PAIRS}', row {answer.row}, column '{WHY}': names somebody or quotes "
                "their record. Nothing was imported.",
                refusal.remedy,
            ) from None


def _made(
    connection: "duckdb.DuckDBPyConnection", permit: Permit, new: dict[Key, Answer], how: str
) -> list[LinkDecision]:
    records = subjects_of(connection, (number for key in new for number in key))
    return [
        made(
            permit,
            [tuple(each.value for each in records[number]) for number in key],
            answer.verdict,
            why=answer.why,
            how=how,
        )
        for key, answer in new.items()
    ]
