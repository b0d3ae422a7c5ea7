-- Signs that the extract was cut before it came: whether each was seen, how often and out of how
-- many, in which tables or years, and from which day on.
SELECT * FROM sign_of_relationship
UNION ALL SELECT * FROM sign_of_window
UNION ALL SELECT * FROM sign_of_return
UNION ALL SELECT * FROM sign_of_extract
UNION ALL SELECT * FROM sign_of_ends
UNION ALL SELECT * FROM sign_of_table
UNION ALL SELECT * FROM sign_of_beginning
UNION ALL SELECT * FROM sign_of_mother
UNION ALL SELECT * FROM sign_of_emptiness
UNION ALL SELECT * FROM sign_of_value
UNION ALL SELECT * FROM sign_of_lack
UNION ALL SELECT * FROM sign_of_birth
UNION ALL SELECT * FROM sign_of_zeros
UNION ALL SELECT * FROM sign_of_authority
