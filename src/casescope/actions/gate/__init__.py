"""What every action stands on: the gate, the study's place and keys, and how its ledger stands."""
