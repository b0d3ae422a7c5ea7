-- Signs that the extract was cut short, and whether each was seen.
SELECT name, seen, records, out_of, detail FROM sign
