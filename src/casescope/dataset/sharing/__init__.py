"""What of the analysis dataset may be shared person by person, and how coarsely it must be told."""
