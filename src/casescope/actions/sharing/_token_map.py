"""What a partner's packages call the women: kept in a layer of the council's wing, for good."""

from collections.abc import Sequence

from casescope.actions.gate.gate import Permit
from casescope.identified.pseudonymise.partner_tokens import extend, layer_name, tokens_in
from casescope.kernel.canonical import digest
from casescope.vault.layers import LayerRecord, Vault, drafting


def tokens_for(
    permit: Permit, vault: Vault, partner: str, women: Sequence[str]
) -> tuple[dict[str, str], list[LayerRecord]]:
    """Return the partner's token of each woman, and the layer to publish where some are new.

    `partner` is the fingerprint of its card; `women` are tokens of the analysis dataset.
    """
    name = layer_name(partner)
    before = permit.layers.get(name)
    held: dict[str, str] = {}
    if before is not None:
        with vault.reading([before]) as connection:
            held = tokens_in(connection, name)
    if all(woman in held for woman in women):
        return held, []
    with drafting(
        vault,
        name=name,
        wing="identified",
        step_key=digest({"tokens of": partner}),
        inputs={"previous": before} if before else {},
    ) as draft:
        extend(draft.connection, women)
        held = tokens_in(draft.connection, "out")
    return held, [draft.published()]
