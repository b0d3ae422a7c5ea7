"""Who is who: records and 903 ids joined into women and children, strictly and leniently."""
