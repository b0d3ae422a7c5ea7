"""The partner's side: a folder, keys apart from it, a ledger of its own, sessions that end."""
