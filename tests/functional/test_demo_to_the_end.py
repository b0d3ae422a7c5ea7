"""The demo to its end, in one process behind the walls: both sides, a certificate that holds."""

import json

from tests.functional.place import Place


def test_the_demo_ends_with_a_certificate_that_proves_both_ledgers(tmp_path):
    place = Place(tmp_path, alone=True)
    demo = tmp_path / "demo"
    said = place.say("demo", "--home", demo, "--mothers", 150, "--to-the-end")
    assert "Proved: The ledgers of the council and of Pause are unbroken and agree" in said
    (ending,) = place.archive.glob("*/ending/v1")
    held = json.loads(place.say("verify", ending / "certificate.json", "--json"))
    assert held[0]["sound"]
    assert place.refuse("findings", demo / "study")[0] == 20
    assert place.ask("partner", "show", demo / "charity")["stage"] == "finished"
    assert not list((demo / "study" / "vault").glob("*.duckdb"))
    left = [path for path in place.keys.rglob("*") if path.is_file()]
    opening = {"identity.age", "workspace.key", "analysis.key", "identified.key"}
    assert not opening & {path.name for path in left}, "nothing that opens anything is left"
