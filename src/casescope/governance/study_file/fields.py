"""Every line of study.toml: its table, what it means, its default and how it is read."""

from casescope.governance.study_file.exchange_lines import EXCHANGE_FIELDS, EXCHANGE_TABLE
from casescope.governance.study_file.line import (
    Field,
    choice,
    day,
    names,
    number,
    reviewers,
    text,
    whole,
)
from casescope.governance.study_file.look_lines import LOOK_FIELDS, LOOK_TABLE
from casescope.governance.study_file.parameters import PARAMETERS, Parameters
from casescope.governance.study_file.storage_lines import STORAGE_FIELDS, STORAGE_TABLE
from casescope.governance.study_file.value_fields import COST_FIELDS, VALUE_FIELDS, VALUE_TABLES
from casescope.kernel.codes import LINKAGES

PURPOSE = (
    "To find how many women in the authority's area have had, or are at risk of, repeat removals "
    "of children from their care, what they live with, and what a practice would add for them."
)

_STUDY = (
    Field("study", "name", "What the study is called in its report", text,
          "Scoping exercise", required=True),
    Field("study", "authority", "The authority: controller of the data", text,
          "The authority", required=True),
    Field("study", "authority_names", "How the legal tracker writes the authority, where it "
          "differs; removals under any other name are another authority's", names, ()),
    Field("study", "partner", "The partner that the study is shared with", text,
          "Pause", required=True),
    Field("study", "purpose", "What the study is for; the data may be used for nothing else",
          text, PURPOSE, required=True),
    Field("study", "lawful_basis", "The lawful basis; what the approver states with --basis "
          "counts, and this line where that is left out", text, ""),
    Field("study", "reference_date", "The day the extracts stand for: later facts are ignored",
          day, required=True, governed=False, loose=True),
    Field("study", "end_date", "The study's last day, where that is earlier than three calendar "
          "months after the first load", day, example="2026-12-31"),
    Field("study", "linkage", "Which linkage of women leads: lenient (probable links as well), or "
          "strict (declared identity only); both are always shown",
          choice(LINKAGES, ()), "lenient"),
    Field("study", "disclosure_rules", "The rules that every published count passes; small counts "
          "for the council's own staff are no rule for this line, but take the data protection "
          "officer (casescope study approve-working)",
          choice(("opensafely", "hes", "ons10", "dfe")), "opensafely"),
    Field("study", "risk_floor", "In a dataset shared person by person, at least so many women are "
          "alike in all that could single one out; whoever is not is left out", whole(3, 50), 3),
)  # fmt: skip

_NOTICE = (
    Field("notice", "reference", "Reference of the privacy notice; what the approver states with "
          "--notice counts", text, ""),
    Field("notice", "published", "The day the notice was published; if nobody says, the day of "
          "approval counts", day, example="2026-10-01"),
    Field("notice", "objection_days", "Days after publication within which objections are awaited",
          whole(0, 365), 28),
)  # fmt: skip

_ROLES = (
    Field("roles", "analyst", "User names of those who load, run and read", names, (),
          required=True),
    Field("roles", "approver", "User names of those who approve, lift restrictions and close",
          names, (), required=True),
    Field("roles", "dpo", "User names of the data protection officer and deputies, who alone "
          "can extend", names, ()),
    Field("roles", "director", "User names of those who decide on the study and may end it",
          names, ()),
    Field("roles", "reviewer", "Those who answer whether the public edition is released: user "
          "name and fingerprint of the key (casescope release key prints the line); two others "
          "than its author answer", reviewers, ()),
)  # fmt: skip

_PARAMETERS = (
    *(
        Field("parameters", name, f"{bounds.meaning[0].upper()}{bounds.meaning[1:]}",
              number(bounds), getattr(Parameters(), name),
              governed=False, loose=True)
        for name, bounds in PARAMETERS.items()
    ),
    Field("parameters", "observation_start", "The day from which removals are fully recorded; "
          "if not given, the 1 April on or before the earliest end of an episode", day,
          governed=False, loose=True, example="2009-04-01"),
)  # fmt: skip

FIELDS: tuple[Field, ...] = (
    *_STUDY,
    *_NOTICE,
    *_ROLES,
    *EXCHANGE_FIELDS,
    *STORAGE_FIELDS,
    *_PARAMETERS,
    *VALUE_FIELDS,
    *COST_FIELDS,
    *LOOK_FIELDS,
)

TABLES: dict[str, str] = {
    "study": "What the study is.",
    "notice": "The privacy notice that tells people of it.",
    "roles": "Who may do what, by the user names of this computer's operating system. "
    "A change counts from the next approval.",
    "exchange": EXCHANGE_TABLE,
    "storage": STORAGE_TABLE,
    "parameters": "The numbers that the definitions leave to the study. They may change without "
    "a new approval; every result says what they were.",
    **VALUE_TABLES,
    "report": LOOK_TABLE,
}
"""Tables in the order of the file, with what stands above each."""
