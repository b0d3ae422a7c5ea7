"""The page on where data may lie."""

from casescope.cli.reference.markdown import page, table
from casescope.governance.places import LIMITS, NETWORK_KINDS, SERVICES
from casescope.governance.study_file.regions import TRAPS, UK_REGIONS
from casescope.kernel.surroundings import MARKERS


def places() -> str:
    """Return the regions on the list, what is refused, and what nobody can know."""
    regions = [(one.provider, f"`{one.name}`", one.where, one.standing) for one in UK_REGIONS]
    traps = [(f"`{name}`", why) for name, why in TRAPS.items()]
    services = sorted(set(SERVICES.values()) - {"a cloud service"})
    markers = [(f"`{name}`", service) for name, service in MARKERS.items()]
    return page(
        "Places",
        "\n".join([
            "Where a study's data may lie, and what casescope refuses unless it is declared "
            "([how to](../how-to/keep-data-in-the-united-kingdom.md)).",
            "",
            "## Regions of the United Kingdom",
            "",
            "None of them was read on the provider's own page: each counts only once the data "
            "protection officer confirmed it (`confirmed_regions`).",
            "",
            table(("provider", "region", "where", "known from"), regions),
            "",
            "## Taken for one, and none",
            "",
            table(("named", "why not"), traps),
            "",
            "## Network drives",
            "",
            "Kinds of mount that lie on another machine or in its keeping: "
            + ", ".join(f"`{kind}`" for kind in sorted(NETWORK_KINDS))
            + "; every `fuse.*` but those that present a local disk; on Windows paths that name a "
            "server, and mapped drives. What a system runs from (`/`) is its own disk, unless that "
            "is `nfs` or `cifs`.",
            "",
            "## Synchronised folders",
            "",
            "Known by name (" + ", ".join(services) + "), by what OneDrive, Dropbox and iCloud say "
            "of themselves on this machine, and by what lies at the top of a folder:",
            "",
            table(("file or folder", "synchronised by"), markers),
            "",
            "## What casescope cannot know",
            "",
            *(f"- {limit}" for limit in LIMITS),
        ]),
    )  # fmt: skip
