-- What reviewers said of links drawn at random: counts, nobody in particular.
SELECT place, breakdown, value, probability, linked, pairs, judged, one_woman, unsure
FROM reviewed.links_reviewed
