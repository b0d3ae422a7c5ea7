"""The contract between the wings: small pseudonymised tables that everything after reads.

No name, date of birth, postcode, case-system id or calendar date of a person stands here: people
are tokens and days are counted from the study's reference date.
"""
