"""What a practice would add: where the answer flips, never a saving by itself.

The model knows no individual. It reads counts, rates and costs; in a report, released ones only.
"""
