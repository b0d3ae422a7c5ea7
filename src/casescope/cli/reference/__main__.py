"""Writes the reference pages, or says which of them the code has moved away from."""

from pathlib import Path

import click

from casescope.cli.reference.pages import differing, written


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a page is out of date.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def reference(*, check: bool, folder: Path) -> None:
    """Write the reference pages into FOLDER (docs/reference)."""
    if not check:
        click.echo(f"Wrote {len(written(folder))} pages to {folder}.")
        return
    stale = differing(folder)
    for path in stale:
        click.echo(f"{path} differs from what the code says; run make fix.", err=True)
    raise SystemExit(1 if stale else 0)


if __name__ == "__main__":
    reference()
