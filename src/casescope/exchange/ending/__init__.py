"""The certificate of ending: what it holds, what its evidence proves, and both in words."""
