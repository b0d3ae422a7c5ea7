"""What every contender knows of the pretend study, apart so that knowing it imports nothing."""

from datetime import date

REFERENCE_DATE = date(2024, 12, 31)
AUTHORITY = "Exampleshire"
