"""The gate of a study that does not exist yet: makes its folder, keys, row and first entry."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from casescope.actions.gate.gate import Permit
from casescope.actions.gate.head import keep_head
from casescope.actions.gate.place import MARKER, STUDY_FILE, study_id_in, write_whole
from casescope.actions.gate.where import check_places
from casescope.governance.roles import Actor
from casescope.governance.stages import Action, stage_after
from casescope.governance.study_file.study import read_study
from casescope.kernel.commands import quoted
from casescope.kernel.errors import NotAllowed
from casescope.register import open_register
from casescope.vault.keys import KeyRing


def open_new(home: Path, text: str, *, given: bool, actor: Actor, today: date) -> Permit:
    """Begin the study that `text` (a study.toml) states, in `home`, and return leave to go on.

    `given`: the text was made from a file that the user named, so one in `home` is replaced.
    The marker is written last: a crash leaves a folder in which the study can be begun again.
    """
    home = home.resolve()
    _check_vacant(home, given=given)
    study, study_id = read_study(text), str(uuid4())
    check_places(home, study)
    stage = stage_after(Action.CREATE, None)
    register = open_register()
    KeyRing.default().create(study_id)
    write_whole(home / STUDY_FILE, text)
    with register.transaction():
        register.add_study(study_id, home, study, by=actor.name, on=today)
        register.append(
            study_id, on=today, at=datetime.now(UTC), actor=actor.name,
            action=Action.CREATE.name.lower(), detail={"stage": stage.value},
        )  # fmt: skip
    write_whole(home / MARKER, study_id + "\n")
    keep_head(register, study_id)
    return Permit(
        study_id=study_id, home=home, study=study, stage=stage, actor=actor, today=today,
        layers={}, restrictions=(), action=Action.CREATE,
    )  # fmt: skip


def _check_vacant(home: Path, *, given: bool) -> None:
    if study_id_in(home):
        raise NotAllowed(f"{home} already holds a study.", "Choose another folder.")
    if home.exists() and not home.is_dir():
        raise NotAllowed(f"{home} is a file.", "Choose a folder.")
    if (home / STUDY_FILE).exists() and not given:
        raise NotAllowed(
            f"{home} already holds a study.toml.",
            f"To begin the study that it states, add --from {quoted(home / STUDY_FILE)}",
        )
