-- Follow-up under each variation as it is: counts by length, nobody in particular.
SELECT linkage, removals, varied, setting, days, events, censored
FROM sensitivity.sensitivity_spell
