"""What every test shares: examples that do not change from one run to the next.

A landing must not hang on luck. `HYPOTHESIS_PROFILE=default pytest tests/…` looks for new examples.
"""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
