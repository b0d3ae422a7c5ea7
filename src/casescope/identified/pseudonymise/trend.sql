-- What was counted year by year: counts, nobody in particular.
SELECT series, year, rows FROM quality.trend
