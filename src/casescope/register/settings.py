"""Django's settings for the register alone; the web application will add its own.

The database is in memory until `open_register` points it at the state folder, so that tools which
only need the models touch nothing on disk.
"""

import secrets

SECRET_KEY = secrets.token_hex(32)
"""Random for each process: nothing is signed that outlives one."""

INSTALLED_APPS = ["casescope.register.apps.RegisterConfig"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"

BUSY_SECONDS = 20
"""How long a process waits for another one's transaction."""

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
