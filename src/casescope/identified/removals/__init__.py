"""Periods of care, removals, removal events, tiers and the flow, to the definitions exactly."""
