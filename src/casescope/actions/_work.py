"""Doing the steps of a study: which are stale, and how each is written and made to exist."""

import re
from collections.abc import Mapping
from dataclasses import asdict

from casescope.actions._gate import Permit, commit
from casescope.governance.fields import FIELDS
from casescope.identified.pipeline import STEPS
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed
from casescope.kernel.progress import Progress
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault, drafting
from casescope.vault.steps import Step, step_key

_UNNAMED_AUTHORITY = next(line.default for line in FIELDS if line.name == "authority")


def vault_of(permit: Permit) -> Vault:
    """Return the vault of the permitted study."""
    return Vault(permit.home, permit.study_id, KeyRing.default())


def facts_of(permit: Permit) -> dict[str, Json]:
    """Return all that steps may depend on besides layers: parameters, dates, names, restrictions.

    `restrictions` always holds an empty text, so that the list is never of unknown type.
    """
    study = permit.study
    names = [*study.authority_names, *([study.authority] if _is_named(permit) else [])]
    return {
        **asdict(study.parameters),
        "reference_date": study.reference_date,
        "authority_names": sorted({re.sub("[^a-z0-9]", "", name.lower()) for name in names}),
        "restrictions": ["", *sorted(one.subject_id for one in permit.restrictions)],
    }


def _is_named(permit: Permit) -> bool:
    return permit.study.authority != _UNNAMED_AUTHORITY


def check_loaded(permit: Permit) -> LayerRecord:
    """Return the extract's layer, or refuse where nothing has been loaded."""
    if "extract" not in permit.layers:
        raise NotAllowed(
            "No extract has been loaded into this study.",
            "Load one: casescope load HOME FOLDER…",
        )
    return permit.layers["extract"]


def stale_steps(permit: Permit) -> list[Step]:
    """Return the steps whose layer is missing, or was made from something that has changed."""
    keys = expected_keys(permit)
    return [
        step
        for step in STEPS
        if step.name not in permit.layers or permit.layers[step.name].step_key != keys[step.name]
    ]


def expected_keys(permit: Permit) -> dict[str, str]:
    """Return the key that each step's layer has if it is up to date."""
    facts = facts_of(permit)
    keys = {"extract": check_loaded(permit).step_key}
    for step in STEPS:
        keys[step.name] = step_key(step, keys, facts)
    return keys


def bring_up_to_date(permit: Permit, progress: Progress, *, until: str = "") -> dict[str, str]:
    """Do every stale step up to `until`; return for each step whether it was done or unchanged.

    Each layer exists as soon as its step ends, so work cut off goes on where it stopped.
    """
    vault, facts, keys = vault_of(permit), facts_of(permit), expected_keys(permit)
    layers, said = dict(permit.layers), {}
    with vault.writing():
        vault.sweep(layer.file for layer in layers.values())
        for step in STEPS:
            if step.name in layers and layers[step.name].step_key == keys[step.name]:
                said[step.name] = "unchanged"
            else:
                layers[step.name] = _do(permit, vault, step, layers, facts, keys, progress)
                said[step.name] = "done"
            if step.name == until:
                break
        vault.sweep(layer.file for layer in layers.values())
    return said


def _do(
    permit: Permit,
    vault: Vault,
    step: Step,
    layers: Mapping[str, LayerRecord],
    facts: Mapping[str, Json],
    keys: Mapping[str, str],
    progress: Progress,
) -> LayerRecord:
    progress.start(step.name)
    inputs = {name: layers[name] for name in step.reads}
    if step.keeps and step.name in layers:
        inputs["previous"] = layers[step.name]
    with drafting(
        vault, name=step.name, wing=step.wing, step_key=keys[step.name], inputs=inputs
    ) as draft:
        step.build(draft.connection, facts)
    layer = draft.published()
    commit(permit, detail={"step": step.name, "rows": layer.tables}, layers=[layer])
    progress.finish(f"{sum(layer.tables.values()):,} rows")
    return layer
