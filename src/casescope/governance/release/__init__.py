"""What must be before figures are public: two others' answers, sealed, signed and kept."""
