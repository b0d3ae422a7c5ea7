"""Where each woman stands at the reference date: who is in her care, her tier, the flow."""
