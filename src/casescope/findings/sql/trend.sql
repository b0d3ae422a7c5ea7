-- What was counted year by year.
SELECT series, year, rows FROM trend ORDER BY year, series
