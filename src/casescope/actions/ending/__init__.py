"""How a study ends: what is destroyed, what is held beyond it, and what is certified."""
