"""How it was done, and every parameter that another study might set otherwise."""

from datetime import date

from casescope.disclosure.released import Released
from casescope.kernel.counting import counted
from casescope.report.document import Paragraph, Points, Section, Table, TableRow
from casescope.report.prose import in_words, long_date
from casescope.report.reading import day_of
from casescope.report.study import ParameterLine, StudyFacts, parameter_lines


def section(released: Released, study: StudyFacts) -> Section:
    """Return the section on method and parameters."""
    lines = parameter_lines(study.parameters)
    return Section(
        id="method",
        title=title_of(lines),
        short="How it was done",
        blocks=(
            Points(_steps(released, study), ordered=True),
            Paragraph("The table gives every choice that can be changed in the study’s own file, "
                      "with the usual value beside the one used here."),
            _table(lines, day_of(released, "observation_start")),
        ),
    )  # fmt: skip


def title_of(lines: tuple[ParameterLine, ...]) -> str:
    """Return the title: how many of the choices differ from the usual ones."""
    changed = sum(line.differs for line in lines)
    if not changed:
        return "The study used the usual choices throughout"
    return f"The study changed {in_words(changed)} of {in_words(len(lines))} usual choices"


def _steps(released: Released, study: StudyFacts) -> tuple[Paragraph, ...]:
    p = study.parameters
    return (
        Paragraph("Files from the case system and the yearly return on looked-after children "
                  "were read and checked.", lead="Reading."),
        Paragraph(_joined(study), lead="Joining."),
        Paragraph(f"A child’s episodes at most {p.gap_days} {_days(p.gap_days)} apart make one "
                  "period of care, which holds at most one removal. Removals of a woman’s "
                  f"children within {p.event_window_days} {_days(p.event_window_days)} of the "
                  "first, or in the same court proceedings, make one removal event.",
                  lead="Removals."),
        Paragraph(f"A woman is counted if her latest removal was in the "
                  f"{counted(p.lookback_years, 'year')} "
                  f"before the reference date and she is aged {p.age_min} to {p.age_max}. "
                  "Published rules decide her group. Nobody is given a score.", lead="Groups."),
        Paragraph("The time to the next removal is estimated with the Kaplan–Meier method, which "
                  "makes fair use of women whom we could follow only for a while. A first removal "
                  f"counts only if it came at least {counted(p.washout_years, 'year')} after "
                  f"records began. "
                  "The Aalen–Johansen method, shown beside it, keeps women who died or reached the "
                  "age limit in the count. Groups are compared with the log-rank test.",
                  lead="How soon again."),
        Paragraph("All likely ranges are 95% intervals: Wilson’s for shares, log-log with "
                  "Greenwood’s variance for curves, exact Poisson (Garwood) for removal rates, "
                  "recovered variances over bands of likelihood for links, and the middle 95% of "
                  "20,000 seeded draws for money and for what would break even.",
                  lead="Ranges."),
        Paragraph(f"The rules “{released.rules.name}” were applied to every figure. "
                  f"{released.rules.says}", lead="Privacy."),
    )  # fmt: skip


def _joined(study: StudyFacts) -> str:
    """Return how records of one woman were joined, under the linkage that leads."""
    told = ("Records of the same woman were joined where they share an id, are declared to be the "
            "same person, or have exactly the same name and date of birth.")  # fmt: skip
    if study.linkage == "strict":
        return f"{told} Nothing else was joined (strict linkage)."
    likely = study.parameters.link_threshold
    return (f"{told} They were also joined where a comparison of names, dates of birth, addresses "
            f"and the like made it at least {likely:.0%} likely that they are of one woman, and "
            "nobody who looked at them said otherwise (lenient linkage).")  # fmt: skip


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _here(line: ParameterLine, start: date | None) -> str:
    """Return a parameter’s value here; the start of the records with its day, once worked out."""
    if line.name == "observation_start" and not line.differs and start is not None:
        return f"{line.value}: {long_date(start)}"
    return line.value + (" (changed)" if line.differs else "")


def _table(lines: tuple[ParameterLine, ...], start: date | None) -> Table:
    return Table(
        id="parameters",
        caption="Every parameter of this study",
        head=("Parameter", "What it means", "Here", "Usual"),
        rows=tuple(
            TableRow((line.name, line.meaning, _here(line, start), line.default))
            for line in lines
        ),
        numeric=False,
    )  # fmt: skip
