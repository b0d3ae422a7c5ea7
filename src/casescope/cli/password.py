"""The password of a database: from the environment or the keyboard, never from a list of jobs."""

import os
import re
import sys

import click

VARIABLE = "CASESCOPE_DATABASE_PASSWORD"


def ask() -> str:
    """Return the password, asking whoever is at the keyboard; empty where nobody is."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        return ""
    answer: str = click.prompt(
        "Password of the database (Enter for none)",
        hide_input=True,
        default="",
        show_default=False,
        err=True,
    )
    return answer


def warn_if_shown(url: str) -> None:
    """Say that a password in an address can be read by others."""
    if re.search(r"://[^/@]*:[^/@]+@|[?&]password=", url):
        click.echo(
            "The password in --from can be read by others on this machine and stays in the "
            f"shell's history. Leave it out: casescope asks for it, or reads {VARIABLE}.",
            err=True,
        )


def ask_passphrase(new: bool) -> str:
    """Return the passphrase of a kept lease from the keyboard alone; a new one is asked twice.

    No variable is read: what stays in an environment or a script opens the data for whoever has a
    copy of the disk.
    """
    if new:
        from casescope.exchange.workspace.week import SHORTEST, TRADE_OFF

        click.echo(TRADE_OFF, err=True)
        words = f"New passphrase ({SHORTEST} characters or more)"
    else:
        words = "Passphrase of the kept lease"
    answer: str = click.prompt(words, hide_input=True, confirmation_prompt=new, err=True)
    return answer
