"""The review of doubtful links: two women's records side by side, and what was decided on them."""
