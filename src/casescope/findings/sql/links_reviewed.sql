-- Links between women's records by group and band: scored, judged, found one woman.
SELECT breakdown, value, linked, pairs, judged, one_woman
FROM links_reviewed
ORDER BY place
