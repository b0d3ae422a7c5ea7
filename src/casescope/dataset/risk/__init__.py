"""How easily somebody could be told in a table of one row a person, and the least that hides her.

Knows any table with declared quasi-identifiers and sensitive columns; what the shared dataset is
stands in `dataset.sharing`.
"""

from casescope.dataset.risk.floor import check_floor
from casescope.dataset.risk.ladder import Ladder, ladder
from casescope.dataset.risk.measures import Risk, Spread, measure
from casescope.dataset.risk.search import Recoding, least_loss

__all__ = [
    "Ladder",
    "Recoding",
    "Risk",
    "Spread",
    "check_floor",
    "ladder",
    "least_loss",
    "measure",
]
