"""Which person records may be of one woman: declared identity, and links scored by probability."""
