"""Where the templates lie, and the one way they are filled: everything is escaped unless marked."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("casescope.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def template(name: str) -> Template:
    """Return the template of this name (without its ending); a missing value is a fault, not ''."""
    return _environment().get_template(f"{name}.j2")
