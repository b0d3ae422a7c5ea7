"""What goes to a partner and comes back: risk, cards, packages, leases, messages."""
