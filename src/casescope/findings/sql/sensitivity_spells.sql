-- Follow-up under each variation, grouped by its length in days.
SELECT linkage, removals, varied, setting, days AS day, events, censored
FROM sensitivity_spell
ORDER BY linkage, removals, varied, setting, days
