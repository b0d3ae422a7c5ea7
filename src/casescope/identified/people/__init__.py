"""Who is who: person records and 903 ids joined into women and children, strictly for now."""
