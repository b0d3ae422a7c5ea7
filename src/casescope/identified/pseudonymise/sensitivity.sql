-- The headlines under each variation as they are: counts, nobody in particular.
SELECT
    linkage, removals, varied, setting, recurs, women, repeat_women, repeat_events,
    t1, t2_only_unknown, t2, t3
FROM sensitivity.sensitivity
