"""What a field of the register may hold; every model says so of each of its fields."""

from enum import Enum


class Holds(Enum):
    """What a field of the register holds."""

    STUDY = "about the study or its files, not about a person"
    OFFICER = "the user name of someone who works on the study"
    REASON = "words of an officer, who is asked to name nobody"
    SUBJECT = "a random id that a woman or child has inside the study"
    FIGURES = "figures about groups that passed disclosure control; no personal data"
    PARTNER = "what a partner signed about itself and its files, its contact included"
    CHAIN = "what makes the ledger provable"
