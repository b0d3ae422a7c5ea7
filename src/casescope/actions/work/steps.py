"""Doing the steps of a study: which are stale, and how each is written and made to exist."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict

from casescope.actions.gate.gate import Permit, commit, open_gate
from casescope.governance import link_decisions
from casescope.governance.link_decisions import Verdict
from casescope.governance.study_file.fields import FIELDS
from casescope.identified.pipeline import STEPS
from casescope.kernel.canonical import Json
from casescope.kernel.counting import counted
from casescope.kernel.errors import NotAllowed
from casescope.kernel.progress import Progress
from casescope.register import open_register
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault, drafting, is_whole
from casescope.vault.steps import Step, step_key

COUNCIL = "identified"
"""The wing whose layers name people."""

_UNNAMED_AUTHORITY = next(line.default for line in FIELDS if line.name == "authority")


def vault_of(permit: Permit) -> Vault:
    """Return the vault of the permitted study."""
    return Vault(permit.home, permit.study_id, KeyRing.default())


@contextmanager
def writing(permit: Permit, patience: float = 0) -> Iterator[tuple[Permit, Vault]]:
    """Hold the study's one writer's place, and yield the permit anew, as it stands now.

    Between the gate and the place another process may have written: its layers are in force, and
    from the older permit they would look like orphans to be swept away.
    """
    vault = vault_of(permit)
    with vault.writing(patience):
        now = open_gate(
            permit.home,
            permit.action,
            actor=permit.actor,
            today=permit.today,
            reason=permit.reason,
        )
        vault.sweep(layer.file for layer in now.layers.values())
        yield now, vault


def facts_of(permit: Permit) -> dict[str, Json]:
    """Return all that steps may depend on besides layers: parameters, dates, names, reviews.

    Lists of texts always hold an empty one, so that none is ever of unknown type.
    """
    study, drawn = permit.study, open_register().drawn(permit.study_id)
    names = [*study.authority_names, *([study.authority] if _is_named(permit) else [])]
    return {
        **asdict(study.parameters),
        "reference_date": study.reference_date,
        "authority_names": sorted(set(names)),
        "restrictions": ["", *sorted(one.subject_id for one in permit.restrictions)],
        "link_decisions": link_decisions.as_facts(permit.decisions),
        "links_unsure": link_decisions.as_facts(permit.decisions, [Verdict.UNSURE]),
        "links_drawn": ["", *sorted(" ".join(pair) for pair in drawn)],
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
    """Return the steps whose layer is missing, damaged, or made from something that has changed."""
    keys, vault = expected_keys(permit), vault_of(permit)
    return [
        step
        for step in STEPS
        if not _is_fresh(vault, step, permit.layers.get(step.name), keys[step.name])
    ]


def _is_fresh(vault: Vault, step: Step, layer: LayerRecord | None, key: str) -> bool:
    """Say whether a step's layer can stay; one that remembers is never made again from nothing."""
    if layer is None or layer.step_key != key:
        return False
    return step.keeps or is_whole(vault.folder / layer.file, layer)


def expected_keys(permit: Permit, facts: Mapping[str, Json] | None = None) -> dict[str, str]:
    """Return the key that each step's layer has if it is up to date, with these facts if given."""
    facts = facts_of(permit) if facts is None else facts
    keys = {"extract": check_loaded(permit).step_key}
    for step in STEPS:
        keys[step.name] = step_key(step, keys, facts)
    return keys


def bring_up_to_date(permit: Permit, progress: Progress, *, until: str = "") -> dict[str, str]:
    """Do every stale step up to `until`; return for each step whether it was done or unchanged.

    Each layer exists as soon as its step ends, so work cut off goes on where it stopped.
    """
    with writing(permit) as (now, vault):
        facts = facts_of(now)
        keys, layers, said = expected_keys(now, facts), dict(now.layers), {}
        for step in STEPS:
            if _is_fresh(vault, step, layers.get(step.name), keys[step.name]):
                said[step.name] = "unchanged"
            else:
                layer = _drafted(vault, step, layers, facts, keys[step.name], progress)
                commit(now, detail={"step": step.name, "rows": layer.tables}, layers=[layer])
                layers[step.name], said[step.name] = layer, "done"
            if step.name == until:
                break
        vault.sweep(layer.file for layer in layers.values())
    return said


def council_layers(permit: Permit, vault: Vault, progress: Progress) -> dict[str, LayerRecord]:
    """Return the layers of the council's wing as the steps would make them now; call while writing.

    What had to be made anew is published to nobody: the next sweep takes it away.
    """
    if "extract" not in permit.layers:
        return {}
    facts, layers = facts_of(permit), dict(permit.layers)
    keys = expected_keys(permit, facts)
    for step in STEPS:
        fresh = _is_fresh(vault, step, layers.get(step.name), keys[step.name])
        if step.wing == COUNCIL and not fresh:
            layers[step.name] = _drafted(vault, step, layers, facts, keys[step.name], progress)
    return {name: layer for name, layer in layers.items() if layer.wing == COUNCIL}


def _drafted(
    vault: Vault,
    step: Step,
    layers: Mapping[str, LayerRecord],
    facts: Mapping[str, Json],
    key: str,
    progress: Progress,
) -> LayerRecord:
    """Do a step into a layer that nobody knows of yet."""
    progress.start(step.name)
    inputs = {name: layers[name] for name in step.reads}
    if step.keeps and step.name in layers:
        inputs["previous"] = layers[step.name]
    with drafting(vault, name=step.name, wing=step.wing, step_key=key, inputs=inputs) as draft:
        step.build(draft.connection, facts)
    layer = draft.published()
    progress.finish(f"{counted(sum(layer.tables.values()), 'row')}")
    return layer
