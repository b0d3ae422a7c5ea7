"""The steps of the council's wing in order; each knows what it reads, so the order is checked."""

from casescope.identified.cohort.assign import COHORT
from casescope.identified.links.score import LINKS
from casescope.identified.people.identities import IDENTITIES
from casescope.identified.people.resolve import PEOPLE
from casescope.identified.pseudonymise.build import DATASET
from casescope.identified.quality.describe import QUALITY
from casescope.identified.removals.make import REMOVALS
from casescope.identified.review.reviewed import REVIEWED
from casescope.identified.sensitivity.vary import SENSITIVITY
from casescope.vault.steps import Step

STEPS: tuple[Step, ...] = (
    IDENTITIES, LINKS, PEOPLE, REMOVALS, COHORT, SENSITIVITY, QUALITY, REVIEWED, DATASET,
)  # fmt: skip
