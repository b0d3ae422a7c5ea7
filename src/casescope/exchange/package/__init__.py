"""Data that opens with both sides’ keys alone, and what it says of itself in the clear."""
