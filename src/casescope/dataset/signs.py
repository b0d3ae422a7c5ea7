"""What can be wrong with an extract: signs, impossible facts, conflicts, in words for a reader."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sign:
    """One thing to know of an extract: its id and name, what it does to results, what to ask for.

    `counted` says that it rests on a count of people or rows, so that in a report it is shown only
    where that count may be shown. One that is not counted is a fact about a file.
    """

    id: str
    label: str
    effect: str
    ask: str
    counted: bool = False


SIGNS: tuple[Sign, ...] = (
    Sign("no_relationship_table", "No relationships between mothers and children",
         "No mother can be found for any child, so no woman can be counted.",
         "Ask for the relationship table (ssd_mother, or the case system’s own), ended "
         "relationships included and without a time window."),
    Sign("no_care_records", "No episodes of care",
         "No removal can be seen, so every count is nought.",
         "Load the yearly SSDA903 returns, or the case system’s looked-after episodes, legal "
         "statuses and placements. Where they were given, see in the list of files why they were "
         "not read; casescope map helps where columns have other names."),
    Sign("ids_without_their_zeros", "Ids that differ only in zeros at the front",
         "One child is taken for two: counted twice as removed, without a mother the second time, "
         "and care that ended stays open.",
         "Excel drops the zeros when it opens a CSV. Load the files as the system wrote them, or "
         "fill the ids up to their length again, as text.", counted=True),
    Sign("no_ended_relationships", "No relationship has ended",
         "Links that ended, most often at adoption, are missing or can’t be told from others, so "
         "removals are under-counted, most of all for women with several.",
         "Ask for relationships that have ended as well, with their end date; stock extracts keep "
         "only open ones."),
    Sign("table_not_read", "A table of the database lacks a column and was not read",
         "Nothing in it is counted, and what rests on that table is too low.",
         "See in the list of files what it lacks. Where the column has another name, load with a "
         "mapping; else give the table as a file."),
    Sign("legal_status_not_known", "Episodes whose legal status is no code",
         "Such an episode doesn’t count, so removals are lost.",
         "Give the codes (C1, C2, V2 …). Where the system writes descriptions, casescope map turns "
         "them into codes.", counted=True),
    Sign("values_not_read", "Values that can’t be read in a column",
         "Most such rows are left out; in the others the value is not known. A placement that is "
         "no code counts as away from the mother, were it with her.",
         "Ask for dates as 2026-10-31 or 31/10/2026, for yes or no as 1 or 0, for factors and "
         "placements as codes, and for ids as the system wrote them, not as Excel saves them. "
         "Correct it and load again.", counted=True),
    Sign("adopted_without_mother", "Adopted children without a mother",
         "Relationships of adopted children are missing. These are the removals that a study of "
         "repeat removals is about, so counts for each woman are too low.",
         "Ask for relationships closed at adoption, and whether adopted children’s records are "
         "restricted or were given a new id: then ask for the two ids side by side.",
         counted=True),
    Sign("six_year_window", "Nothing that ended more than six years ago",
         "Care, orders or links that ended more than six years ago are missing, so first removals "
         "look like later ones, older children are not counted, and look-back is cut short.",
         "Ask for episodes, legal statuses and relationships without the six-year window of the "
         "stock extract; load the earlier yearly returns as well."),
    Sign("financial_year_window", "Only the last few financial years",
         "What ended before that 1 April is missing, so first removals look like later ones and "
         "older removals are not counted.",
         "Ask for the extract without a number of years set; load the earlier yearly returns as "
         "well."),
    Sign("short_history", "Nothing that ended before a recent day",
         "What ended before that day is missing though people then in care are there, so first "
         "removals look like later ones.",
         "Ask what the extract leaves out by date, or whether an older system holds the rest."),
    Sign("missing_return", "A yearly return in the middle is missing",
         "Care that began and ended in that year is missing. Removals of the year are dated late "
         "or lost, and care that ended in it looks open.",
         "Load the SSDA903 return of that year; the returns team keeps every one that was sent."),
    Sign("several_returns_in_one_file", "One file holds the returns of several years",
         "An episode that was open at the end of one year and ended in a later one stands in the "
         "file twice, and is taken as open: children look in care who have left.",
         "Give each collection year’s return as a file of its own.", counted=True),
    Sign("nothing_ends", "A file of episodes in which none has ended",
         "Children who left care look as if they were in it still, and a later removal is lost in "
         "the one that never ended.",
         "See whether the file has the end of episodes (DEC, or clae_cla_episode_ceased_date) "
         "under another name; casescope map proposes a mapping. Else ask for the column."),
    Sign("several_extracts", "Case-system records open in one file and ended in another",
         "Extracts of different days were loaded together, and what has ended since the older one "
         "counts as going on: children look in care who have left, women as living where they "
         "lived.",
         "Load one extract of the case system, the newest and whole; yearly returns may be of any "
         "number of years.", counted=True),
    Sign("return_given_twice", "Two files hold one year’s return, and differ",
         "What the amended return took out still counts, and of an episode that stands in both "
         "the one that ends later is used.",
         "Load only the return that was sent last.", counted=True),
    Sign("extract_stops_early", "All records stop before the reference date",
         "Tiers and who is in her care are told as at the reference date, but nothing is known of "
         "the time before it.",
         "Ask for a newer extract, or make a study with an earlier reference date."),
    Sign("table_stops", "A table stops before the others",
         "What this table would show of the last months is missing, so recent removals or issues "
         "are under-counted.",
         "Ask for this table again, up to the day of the others; for returns, load the newest."),
    Sign("table_empty", "A table without rows",
         "What rests on this table counts as not recorded.",
         "Ask whether the system holds it elsewhere; some stock extracts write a placeholder."),
    Sign("first_episode_not_a_start", "Children whose care begins in the middle",
         "The first episode known of these children is not a start of care, so they were removed "
         "earlier than the records say, or in care that is missing.",
         "Ask for whole periods of care: every episode from the one with RNE = S on.",
         counted=True),
    Sign("relationship_without_child", "Relationships without a child",
         "They link nobody; the children meant may be counted as having no mother.",
         "Ask why the child’s id is empty; a left join in the extract does this.",
         counted=True),
    Sign("mother_without_name_or_birth", "Mothers without name or date of birth",
         "A mother without either can’t be recognised in a second record, nor her age known; "
         "without an age she is in no tier.",
         "Ask for person rows of all mothers, whether or not they are clients themselves. If the "
         "rows are there, see whether ids are written alike in both tables, and dates so that they "
         "can be read.",
         counted=True),
    Sign("relationship_not_said_to_be_birth", "Relationships not said to be by birth",
         "Step, foster and adoptive mothers may count as birth mothers, and a child may be counted "
         "for the wrong woman.",
         "Ask for the kind of relationship as the system holds it; load it as moth_relationship.",
         counted=True),
    Sign("address_not_in_lookup", "Women’s latest addresses that the place lookup does not know",
         "Nobody there is known to have left the area, so women who moved away may count as living "
         "here.",
         "Load a place lookup with districts outside the authority as well (place_in_authority 0).",
         counted=True),
    Sign("nowhere_outside_in_lookup", "The place lookup lists no place outside the authority",
         "Nobody can be known to have left the area, however many did, so women who moved away may "
         "count as living here.",
         "Load a place lookup that has districts outside the authority too (place_in_authority "
         "0)."),
    Sign("joined_on_1_january", "Women whose records are one by name and a birth date of 1 January",
         "1 January often stands for a day that nobody knew. Two women of one name and year are "
         "then taken for one, under strict linkage too, and their removals are added up.",
         "Look up person records of one name that are born on 1 January of one year, and whether "
         "they are one woman. Ask for NHS numbers, which keep two women apart and join one.",
         counted=True),
    Sign("asylum_seekers_not_told", "Nothing says who is an unaccompanied asylum seeker",
         "They never count as removed, but can’t be left out: one whose mother is recorded counts.",
         "Load the UASC table of the yearly returns."),
    Sign("proceedings_of_others", "Proceedings under another authority’s name",
         "They count as removals by another authority, so the wide count is too high.",
         "See how the legal tracker writes your authority, and name it so in authority_names of "
         "study.toml. Where they truly are others’, ask why the tracker holds them.",
         counted=True),
)  # fmt: skip
"""Signs that an extract was cut short, worst first."""

COVERAGE: tuple[Sign, ...] = (
    Sign("low_coverage", "Many removed children have no mother",
         "A child without a mother makes some woman’s count too low: two removed children look "
         "like one, and one like none.",
         "Ask for relationships that have ended, and for mothers who are not clients.",
         counted=True),
    Sign("uneven_coverage", "Mothers are found less often for one group",
         "Women of the group with fewer mothers found are under-counted, and comparing groups "
         "would mislead.",
         "Ask how relationships of these children are recorded, and look at ten case files.",
         counted=True),
    Sign("children_not_joined", "Children in the return who are not in the case system",
         "Their care is known but neither their mother nor their siblings, so they are counted for "
         "nobody.",
         "Ask for the 903 child id as a linked identifier of the case system’s person, former ids "
         "included.",
         counted=True),
)  # fmt: skip
"""What to say of linkage where it is low."""

FACTS: tuple[Sign, ...] = (
    Sign("child_born_before_mother_was_11", "Child born before the mother turned 11",
         "The relationship or a date of birth is wrong, so a removal may be counted for the wrong "
         "woman.",
         "Look both people up: most often the mother’s date of birth, or a sister or grandmother "
         "entered as mother.", counted=True),
    Sign("child_born_after_mothers_death", "Child born after the mother’s death",
         "The link, a date of birth or the death is wrong; a woman recorded as dead is in no tier.",
         "Look up the death date first, then the relationship.", counted=True),
    Sign("episode_ends_before_it_starts", "Episode that ends before it starts",
         "The period of care may end on the wrong day, which can split it and invent a removal.",
         "Correct the episode in the case system and in the next return.", counted=True),
    Sign("overlapping_episodes", "Overlapping episodes",
         "They are joined into one period of care, so a return home between them would be missed.",
         "Ask which of the two is right; an episode left open is the usual cause.", counted=True),
    Sign("removal_after_death", "Removal after the child’s death",
         "A removal is counted that can’t have happened then, or a living child counts as dead.",
         "Look up the death date, and whether two children share an id.", counted=True),
    Sign("removal_after_mothers_death", "Removal after the mother’s death",
         "A removal is counted for a woman who had died: the link, the death date or the day of "
         "removal is wrong, or another person was caring for the child.",
         "Look up the death date; then ask who had care of the child.", counted=True),
    Sign("two_birth_mothers", "Two birth mothers for one child",
         "One of the two is used (the earlier relationship, then the lower row id), so the other "
         "woman’s count may be too low.",
         "Ask which relationship is by birth, and whether the two are one woman with two records.",
         counted=True),
    Sign("own_mother", "Person recorded as their own mother",
         "The row is not used; the person’s real mother may be missing.",
         "Ask for the relationship to be corrected; two records merged into one do this.",
         counted=True),
    Sign("mother_recorded_as_male", "Mother recorded as male",
         "A relation called parent brings fathers as well: a man may be counted as a woman, or his "
         "child be counted for him and not for the mother.",
         "Ask for the kind of relationship as moth_relationship, or for mothers only; else the sex "
         "is wrong.", counted=True),
)  # fmt: skip
"""Facts that cannot be: kept, listed and counted, never mended in silence."""

CONFLICTS: tuple[Sign, ...] = (
    Sign("start_differs", "Return and case system begin a period of care more than 7 days apart",
         "The return’s day was used. The removal may be dated wrong, and two removals fall into "
         "one event or two by their dates.",
         "Ask which day the child came into care, and correct the other record.", counted=True),
    Sign("only_in_returns", "A period of care is in the return, and not in the case system",
         "It was used and counts as a removal. If the child was not in care, it is one too many.",
         "Look the child up in the case system; a second person record of the child is a usual "
         "cause.", counted=True),
    Sign("only_in_case_system", "A period of care is in the case system, and not in the return",
         "It was not used, because a return covers that time. If the child was in care, a removal "
         "is missing.",
         "Ask why the return left it out; short breaks and records made in error do this.",
         counted=True),
    Sign("taken_from_case_system", "Care that a return should hold is in the case system alone",
         "No return knows the child, or the care goes on past the returns, so the case system was "
         "used. If the child was not in care, its removal is one too many.",
         "Ask why the return left it out. A child with another id in the return, not joined, is a "
         "usual cause: then one removal counts twice.", counted=True),
    Sign("legal_status_differs", "Return and case system give another legal status",
         "The return’s status was used. The route (court, emergency, voluntary) and the strict "
         "count hang on it.",
         "Ask which order was in force that day, and correct the other record.", counted=True),
)  # fmt: skip
"""What yearly return and case system tell differently of one time; which of them is used."""

SERIES: dict[str, str] = {
    "episodes_started": "Episodes starting",
    "episodes_ended": "Episodes ending",
    "periods_started": "Periods of care starting",
    "removals": "Removals",
    "first_not_a_start": "Care that begins in the middle",
    "return_rows": "Rows in the yearly return",
    "return_problems": "Return rows with a problem",
    "relationships_started": "Relationships starting",
    "relationships_ended": "Relationships ending",
    "assessments": "Assessments",
}
"""What is counted year by year, so that a hole can be seen."""

SEEN, NOT_SEEN = "seen", "not seen"
"""What a report says of a sign that is a fact about a file."""

SIGN = {sign.id: sign for sign in (*SIGNS, *COVERAGE, *FACTS, *CONFLICTS)}


def year_words(year: int) -> str:
    """Return the year from 1 April as the returns name it: 2025–26."""
    return f"{year}–{(year + 1) % 100:02d}"
