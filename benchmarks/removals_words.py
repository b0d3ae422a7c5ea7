"""What an analyst knows of the files: the columns that are needed, and the words of orders."""

COLUMNS = {
    "episodes": ["CHILD", "DECOM", "DEC", "LS", "PLACE", "CIN", "REC", "_file"],
    "proceedings": [
        "proc_id", "proc_child_person_id", "proc_application_date", "proc_order",
        "proc_order_date", "proc_placed_with", "proc_authority",
    ],
    "permanence": [
        "perm_person_id", "perm_permanence_order_type", "perm_permanence_order_date",
    ],
    "known_as": ["source", "source_id", "subject"],
    "child": ["child_id", "dob", "asylum_seeker"],
    "motherhood": ["linkage", "woman_id", "child_id"],
}  # fmt: skip
DATES = ("DECOM", "DEC", "proc_application_date", "proc_order_date", "perm_permanence_order_date",
          "dob")  # fmt: skip

KINDS = {
    "special guardianship": "special guardian|sgo",
    "child arrangements": "child arrangement|residence|cao|^ro$",
    "placement": "placement|e1",
    "adoption": "adopt",
    "supervision": "supervision|^so$",
    "care": "care|ico|fco|^co$|^c1|^c2",
}
NO_ORDER = "discharg|revok|refus|withdr|dismiss|no order"
"""Words of an order that was not made, or that ended."""

KIND_OF_COUNCIL = (
    r"\b(county|city|borough|metropolitan|district|unitary|council|corporation|authority|local|royal"
    r"|london|of|the|and|cc|dc|bc|mbc|mdc|lbc|lb|rb|rbc|la)\b"
)
"""What of the name of an authority says nothing of which it is."""

FAMILY_KINDS = {
    "special guardianship": "special guardian|sgo",
    "child arrangements": "child arrangement|residence order|cao|^ro$",
    "adoption": "adopt",
}
