"""Code sets of the DfE's SSDA903 return and CIN census, as far as casescope reasons with them.

Source: SSDA903 guidance 2012-13 to 2026-27. Codes are compared in upper case, spaces trimmed.
"""

COURT_STATUSES = ("C1", "C2", "D1", "E1", "L3")
"""Interim and full care order, freeing order, placement order, child assessment order."""

EMERGENCY_STATUSES = ("L1", "L2")
"""Police protection and emergency protection order."""

VOLUNTARY_STATUSES = ("V2",)
"""Accommodated under section 20 of the Children Act 1989."""

SHORT_BREAK_STATUSES = ("V3", "V4")
REMAND_STATUSES = ("J1", "J2", "J3")
"""Remand, PACE detention, youth rehabilitation order with residence."""

COUNTING_STATUSES = COURT_STATUSES + EMERGENCY_STATUSES + VOLUNTARY_STATUSES
KNOWN_STATUSES = COUNTING_STATUSES + SHORT_BREAK_STATUSES + REMAND_STATUSES

WITH_MOTHER_PLACEMENTS = ("P1", "R3")
"""Placed with own parents; family centre or mother-and-baby unit."""

ADOPTED_REASONS = ("E11", "E12")
LEFT_TO_SOMEONE_ELSE = (
    *ADOPTED_REASONS, "E13", "E41", "E43", "E44", "E45", "E46", "E47", "E48", "E3",
)  # fmt: skip
DIED_REASONS = ("E2",)

KIND_OF_PLACE = {
    "U1": "relatives", "U2": "relatives", "U3": "relatives", "Q1": "relatives",
    "U4": "foster", "U5": "foster", "U6": "foster", "Q2": "foster",
    "A3": "adoption", "A4": "adoption", "A5": "adoption", "A6": "adoption",
    "K1": "residential", "K2": "residential", "K3": "residential", "H5": "residential",
    "R1": "residential", "S1": "residential",
    "P1": "with_parent", "R3": "with_parent",
}  # fmt: skip
"""Kinds of placement (PLACE of SSDA903): fostered with relatives or friends; fostered by others;
placed for adoption; children's home, secure home, residential school or care home, supported or
semi-independent accommodation; with parents or in a parent-and-child unit. All else is 'other'. Of
the older returns, Q1 is what U1 to U3 divide, and Q2 what U4 to U6 divide."""

KNOWN_PLACEMENTS = (
    *KIND_OF_PLACE, "M1", "M2", "M3", "P2", "P3", "R2", "R5", "T0", "T1", "T2", "T3", "T4",
    "Z1", "Z11", "Z12", "Z13", "Z14",
)  # fmt: skip
"""PLACE in the returns of all years; M1 to M3 stood for missing children until dropped."""

ENDING_OF_REASON = {
    "E11": "adopted", "E12": "adopted",
    "E43": "special guardianship", "E44": "special guardianship",
    "E45": "special guardianship", "E46": "special guardianship",
    "E47": "special guardianship", "E48": "special guardianship",
    "E41": "child arrangements",
    "E4": "returned to parents", "E4A": "returned to parents", "E4B": "returned to parents",
    "E5": "adult life", "E6": "adult life", "E7": "adult life", "E17": "adult life",
}  # fmt: skip
"""How care ended (REC of SSDA903; E43 and E44 until 2017-18, and E4 before it was divided into
planned returns and others). All else is 'other'."""

PERMANENT_ENDINGS = ("adopted", "special guardianship", "child arrangements")
"""Homes for good away from care: an adoption, special guardianship or child arrangements order."""

ROUTES = ("court", "emergency", "voluntary")
"""Strongest first."""

LINKAGES = ("strict", "lenient")
REMOVAL_COUNTS = ("broad", "strict", "wide")
TIERS = ("T1", "T2", "T3", "T4")

ETHNIC_GROUPS = {
    "WBRI": "White", "WIRI": "White", "WOTH": "White", "WIRT": "White", "WROM": "White",
    "MWBC": "Mixed", "MWBA": "Mixed", "MWAS": "Mixed", "MOTH": "Mixed",
    "AIND": "Asian", "APKN": "Asian", "ABAN": "Asian", "AOTH": "Asian", "CHNE": "Asian",
    "CNHE": "Asian",  # a misspelling that two systems write for CHNE
    "BCRB": "Black", "BAFR": "Black", "BOTH": "Black",
    "OOTH": "Other",
}  # fmt: skip
"""DfE ethnicity codes to the five groups of the census; anything else is 'Not recorded'."""

FACTOR_ISSUES = {
    "1B": "alcohol",
    "2B": "drugs",
    "3B": "domestic_abuse",
    "4B": "mental_health",
    "5B": "learning_disability",
    "6B": "physical_health",
}
"""CIN assessment factors about a parent (suffix B; which one is not said) to issues."""

NO_FACTORS = "21"
"""The factor that says: none identified."""
