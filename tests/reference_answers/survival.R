# Writes what R's survival package says of published data sets, for tests/unit/findings to compare.
#
#   Rscript tests/reference_answers/survival.R FOLDER      (Debian: apt-get install r-cran-survival)
#
# counts.csv    each data set as counts by day: that is all that the estimators are given
# curves.csv    survfit: Kaplan-Meier and Aalen-Johansen, conf.type = "log-log"
# compared.csv  survdiff: the log-rank test
# versions.csv  of R and of survival
#
# The data sets come with the survival package (Therneau, LGPL-2 or later): lung (Loprinzi and
# others 1994), veteran (Kalbfleisch and Prentice 1980), mgus2 (Kyle and others 2002), heart
# (Crowley and Hu 1977). Only counts by day are written, no rows.

suppressMessages(library(survival))
folder <- commandArgs(trailingOnly = TRUE)[1]

exact <- function(x) if (is.numeric(x)) format(x, digits = 17, trim = TRUE) else as.character(x)
write <- function(frame, name) {
  frame[] <- lapply(frame, exact)
  write.csv(frame, file.path(folder, name), row.names = FALSE, quote = FALSE, eol = "\n")
}

# status: 0 censored, 1 event, 2 competing end; start: 0, or the time of a delayed entry
one <- function(data, group, stop, status, start = 0 * stop)
  data.frame(data = data, group = as.character(group), start = start, stop = stop, status = status)

ended <- with(mgus2, ifelse(pstat == 1, ptime, futime))
how <- with(mgus2, ifelse(pstat == 1, 1, 2 * death))
born <- with(mgus2, 12 * age)
sets <- rbind(
  with(lung, one("lung", sex, time, as.integer(status == 2))),
  with(veteran, one("veteran", celltype, time, status)),
  with(mgus2, one("mgus2", sex, ended, how)),
  # from transplant on: delayed entry, in half days; by age in months: delayed entry in all, with ties
  with(heart, one("heart", transplant, 2 * stop, event, 2 * start)),
  with(mgus2, one("mgus2 by age", "all", born + ended, how, born))
)

counts <- function(rows) {
  days <- sort(unique(c(rows$stop, rows$start[rows$start > 0])))
  data.frame(
    data = rows$data[1], group = rows$group[1], day = days,
    events = sapply(days, function(d) sum(rows$stop == d & rows$status == 1)),
    censored = sapply(days, function(d) sum(rows$stop == d & rows$status != 1)),
    competing = sapply(days, function(d) sum(rows$stop == d & rows$status == 2)),
    entered = sapply(days, function(d) sum(rows$start == d & d > 0))
  )
}

curves <- function(rows) {
  fit <- survfit(Surv(start, stop, status == 1) ~ 1, rows, conf.type = "log-log")
  km <- data.frame(data = rows$data[1], group = rows$group[1], method = "km", day = fit$time,
                   at_risk = fit$n.risk, estimate = 1 - fit$surv,
                   lower = 1 - fit$upper, upper = 1 - fit$lower)
  if (!any(rows$status == 2)) return(km)
  rows$state <- factor(rows$status, 0:2, c("censored", "event", "competing"))
  rows$id <- seq_len(nrow(rows))
  fit <- survfit(Surv(start, stop, state) ~ 1, rows, id = id, conf.type = "log-log")
  at <- which(fit$states == "event")
  rbind(km, data.frame(data = rows$data[1], group = rows$group[1], method = "aj", day = fit$time,
                       at_risk = fit$n.risk[, 1], estimate = fit$pstate[, at],
                       lower = fit$lower[, at], upper = fit$upper[, at]))
}

compared <- function(rows) {
  test <- survdiff(Surv(stop, status == 1) ~ group, rows)
  df <- sum(test$exp > 0) - 1
  data.frame(data = rows$data[1], group = sub("group=", "", names(test$n)),
             observed = test$obs, expected = test$exp, chi_square = test$chisq, df = df,
             p = pchisq(test$chisq, df, lower.tail = FALSE))
}

groups <- split(sets, paste(sets$data, sets$group), drop = TRUE)
whole <- split(sets[sets$data %in% c("lung", "veteran", "mgus2"), ],
               sets$data[sets$data %in% c("lung", "veteran", "mgus2")])
write(do.call(rbind, lapply(groups, counts)), "counts.csv")
write(do.call(rbind, lapply(groups, curves)), "curves.csv")
write(do.call(rbind, lapply(whole, compared)), "compared.csv")
write(data.frame(what = c("R", "survival"),
                 version = c(paste(R.version$major, R.version$minor, sep = "."),
                             as.character(packageVersion("survival")))), "versions.csv")
