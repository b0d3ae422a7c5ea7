"""The post room: cards, packages, leases, receipts, certificates; and the partner's workspace."""
