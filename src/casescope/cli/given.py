"""What was given to the running command, for the commands that its answers name."""

import click

_META = "casescope.given."


def remember(ctx: click.Context, param: click.Parameter, value: object) -> object:
    """Keep the value of an argument under its name in capitals, as helps and refusals call it."""
    ctx.meta[f"{_META}{str(param.name).upper()}"] = value
    return value


def remember_one(ctx: click.Context, param: click.Parameter, value: tuple[object, ...]) -> object:
    """Keep the value of an argument that may be given several times, if it was given once."""
    if len(value) == 1:
        ctx.meta[f"{_META}{str(param.name).upper().removesuffix('S')}"] = value[0]
    return value


def given(ctx: click.Context) -> dict[str, object]:
    """Return what was given, by name: HOME, FOLDER, WORKSPACE."""
    return {
        name.removeprefix(_META): value
        for name, value in ctx.meta.items()
        if name.startswith(_META)
    }
