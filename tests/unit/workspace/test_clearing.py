"""What a new workspace takes away of what lies in its folder: what an interrupted one left."""

import pytest

from casescope.exchange.workspace.place import LEDGER, new_place
from casescope.kernel.errors import NotAllowed


def test_a_card_that_somebody_put_there_is_not_taken_away(tmp_path):
    root = tmp_path / "workspace"
    root.mkdir()
    card = root / "council.card.json"
    card.write_text("{}")
    with pytest.raises(NotAllowed, match="is not empty"):
        new_place(root, tmp_path / "keys")
    assert card.is_file()
    (root / LEDGER).write_text("")  # now it is what a cut beginning leaves
    new_place(root, tmp_path / "keys")
    assert not list(root.iterdir())
