"""Opens the register: nothing of Django is imported before this is called."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from casescope.kernel.errors import NotAllowed, NotBuiltYet, VaultRefused

if TYPE_CHECKING:
    from casescope.register.store import Register

FILE = "register.sqlite3"


def state_folder() -> Path:
    """Return the folder of the register: CASESCOPE_STATE, else the user's state directory."""
    named = os.environ.get("CASESCOPE_STATE")
    return Path(named) if named else platformdirs.user_state_path("casescope")


def open_register(state_dir: Path | None = None) -> "Register":
    """Return the store at `state_dir`, made and migrated if it is new.

    One process has one register open at a time: opening another folder closes the first.
    """
    if os.environ.get("DATABASE_URL"):
        raise NotBuiltYet(
            "A register in PostgreSQL (DATABASE_URL) is not built yet.",
            "Unset DATABASE_URL: the register is then a file in CASESCOPE_STATE.",
        )
    folder = (state_dir or state_folder()).resolve()
    _set_up_django()
    from django.db import Error

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _point_at(folder / FILE)
        _migrate(folder)
    except (OSError, Error) as error:
        raise VaultRefused(
            f"The register in {folder} cannot be opened.",
            "Point CASESCOPE_STATE at a folder of yours on a local disk.",
        ) from error
    from casescope.register.store import Register

    return Register()


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casescope.register.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _point_at(file: Path) -> None:
    from django.db import connections

    if connections["default"].settings_dict["NAME"] == str(file):
        return
    connections["default"].close()
    connections.databases["default"]["NAME"] = str(file)
    del connections["default"]


def _migrate(folder: Path) -> None:
    """Bring the tables up to date, one process at a time; do nothing where they are."""
    if not _pending():
        return
    from django.core.management import call_command
    from filelock import FileLock

    with FileLock(folder / "register.lock"):
        if _pending():
            call_command("migrate", verbosity=0, interactive=False)


def _pending() -> bool:
    """Say whether migrations are to be applied; refuse tables newer than this version."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    # names of files, because loading Django's migration graph would double the time to open
    known = {path.stem for path in (Path(__file__).parent / "migrations").glob("0*.py")}
    applied = {
        name
        for app, name in MigrationRecorder(connection).applied_migrations()
        if app == "register"
    }
    if applied - known:
        raise NotAllowed(
            "The register was written by a newer version of casescope.", "Update casescope."
        )
    return bool(known - applied)
