"""Pounds on a chart: short, with their sign."""


def pounds(value: float) -> str:
    """Return £250k, −£1.5m or £0."""
    sign, size = ("−" if value < 0 else ""), abs(value)
    if size >= 1e6:
        return f"{sign}£{size / 1e6:.3g}m"
    if size >= 1e3:
        return f"{sign}£{size / 1e3:.3g}k"
    return f"{sign}£{size:.0f}"
