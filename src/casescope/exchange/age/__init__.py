"""Files of age v1 (C2SP), small and large: whatever is sealed is sealed so, for any age program."""
