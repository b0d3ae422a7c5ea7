"""The case system's tables: SSD names where the sector has them, the extract's own where not."""

import json
from collections.abc import Iterator
from datetime import date

from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import Assessment, Child, County, Episode, Record, Woman
from casescope.synthetic.homes import BORDER, INSIDE, OUTSIDE

Row = dict[str, str]
Tables = dict[str, list[Row]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "ssd_person": (
        "pers_person_id", "pers_forename", "pers_surname", "pers_sex", "pers_ethnicity",
        "pers_dob", "pers_expected_dob", "pers_death_date", "pers_single_unique_id", "pers_upn",
        "pers_legacy_id", "pers_is_mother",
    ),
    "person_alias": (
        "alias_person_id", "alias_forename", "alias_surname", "alias_kind", "alias_start_date",
        "alias_end_date",
    ),
    "ssd_address": (
        "addr_table_id", "addr_person_id", "addr_address_type", "addr_address_start_date",
        "addr_address_end_date", "addr_address_postcode",
    ),
    "ssd_mother": (
        "moth_table_id", "moth_person_id", "moth_childs_person_id", "moth_childs_dob",
        "moth_relationship", "moth_start_date", "moth_end_date",
    ),
    "ssd_linked_identifiers": (
        "link_table_id", "link_person_id", "link_identifier_type", "link_identifier_value",
        "link_valid_from_date", "link_valid_to_date",
    ),
    "ssd_cla_episodes": (
        "clae_cla_episode_id", "clae_person_id", "clae_cla_episode_start_date",
        "clae_cla_episode_start_reason", "clae_cla_primary_need_code",
        "clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason", "clae_cla_id",
        "clae_cla_placement_id", "clae_entered_care_date",
    ),
    "ssd_cla_placement": (
        "clap_cla_placement_id", "clap_cla_id", "clap_person_id", "clap_cla_placement_start_date",
        "clap_cla_placement_type", "clap_cla_placement_end_date",
    ),
    "ssd_legal_status": (
        "lega_legal_status_id", "lega_person_id", "lega_legal_status",
        "lega_legal_status_start_date", "lega_legal_status_end_date",
    ),
    "ssd_permanence": (
        "perm_table_id", "perm_person_id", "perm_permanence_order_type",
        "perm_permanence_order_date",
    ),
    "ssd_cin_assessments": (
        "cina_assessment_id", "cina_person_id", "cina_assessment_start_date",
        "cina_assessment_auth_date",
    ),
    "ssd_assessment_factors": (
        "cinf_table_id", "cinf_assessment_id", "cinf_assessment_factors_json",
    ),
    "ssd_care_leavers": ("clea_table_id", "clea_person_id", "clea_care_leaver_eligibility"),
    "ssd_cp_plans": (
        "cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date",
        "cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category",
    ),
    "proceedings": (
        "proc_id", "proc_child_person_id", "proc_application_date", "proc_mother_person_id",
        "proc_order", "proc_order_date", "proc_placed_with", "proc_authority",
    ),
    "place_lookup": ("place_postcode", "place_in_authority", "place_area"),
}  # fmt: skip
"""Each table's columns in the order written."""

START_REASONS = {
    (True, True): "B", (True, False): "L", (False, True): "P", (False, False): "T",
}  # fmt: skip
"""RNE by whether the legal status and the placement changed."""


def iso(day: date | None) -> str:
    """Return a date as the case system's tables write it."""
    return day.isoformat() if day else ""


def started_by(before: Episode | None, episode: Episode) -> str:
    """Return why an episode begins, as an RNE code; `S` where care begins."""
    if before is None or before.end != episode.start:
        return "S"
    changed = (before.status != episode.status, before.place != episode.place)
    return START_REASONS[changed]


class CaseSystem:
    """Writes rows of the case system, counting row ids table by table."""

    def __init__(self, county: County, dice: Dice) -> None:
        self.county, self.dice = county, dice
        self.tables: Tables = {name: [] for name in COLUMNS}

    def rows(self) -> Tables:
        """Return every table's rows."""
        mothers = {r.id for woman in self.county.women for r in woman.records}
        for record in self.county.records():
            self._person(record, record.id in mothers)
        for woman in self.county.women:
            self._woman(woman)
        for child in self.county.children:
            self._child(child)
        self._relations()
        self._places()
        return self.tables

    def _add(self, table: str, *values: str) -> None:
        self.tables[table].append(dict(zip(COLUMNS[table], values, strict=True)))

    def _serial(self, table: str) -> str:
        return str(len(self.tables[table]) + 1)

    def _person(self, record: Record, is_mother: bool) -> None:
        legacy = f"L{record.id[1:]}" if record.id.endswith("7") else ""
        self._add(
            "ssd_person", record.id, record.forename, record.surname, record.sex,
            record.ethnicity, iso(record.born), iso(record.expected), iso(record.died),
            record.nhs, record.upn, legacy, "1" if is_mother else "0",
        )  # fmt: skip

    def _link(self, person: str, kind: str, value: str) -> None:
        table = "ssd_linked_identifiers"
        self._add(table, self._serial(table), person, kind, value, "", "")

    def _woman(self, woman: Woman) -> None:
        for record, forename, surname, kind in woman.aliases:
            self._add("person_alias", record, forename, surname, kind, "", "")
        for newer, older in woman.declared:
            self._link(newer, "Duplicate person id", older)
        if woman.care_leaver:
            table = "ssd_care_leavers"
            status = self.dice.pick(("Former Relevant", "Relevant", "Qualifying"))
            self._add(table, self._serial(table), self.dice.pick(woman.records).id, status)
        for child in woman.children:
            self._mother(child)
        self._addresses(woman)

    def _mother(self, child: Child) -> None:
        table = "ssd_mother"
        self._add(
            table, self._serial(table), child.mother_record, child.id, iso(child.born),
            child.relationship, iso(child.born), iso(child.relation_end),
        )  # fmt: skip

    def _relations(self) -> None:
        table = "ssd_mother"
        for relation in self.county.relations:
            self._add(
                table, self._serial(table), relation.mother, relation.child.id,
                iso(relation.child.born), relation.kind, iso(relation.start), "",
            )  # fmt: skip

    def _addresses(self, holder: Woman | Child) -> None:
        table = "ssd_address"
        for address in holder.addresses:
            self._add(
                table, self._serial(table), address.person, "HOME", iso(address.start),
                iso(address.end), address.postcode,
            )  # fmt: skip

    def _child(self, child: Child) -> None:
        if child.episodes and child.joined_by == "linked":
            self._link(child.id, "903 child id", child.return_id)
        self._addresses(child)
        self._care(child)
        self._law(child)
        for plan in child.plans:
            table = "ssd_cp_plans"
            self._add(
                table, self._serial(table), child.id, iso(plan.start), iso(plan.end),
                plan.category, plan.category,
            )  # fmt: skip
        for assessment in child.assessments:
            self._assessment(child, assessment)

    def _assessment(self, child: Child, assessment: Assessment) -> None:
        self._add(
            "ssd_cin_assessments", assessment.id, child.id, iso(assessment.start),
            iso(assessment.authorised),
        )  # fmt: skip
        table = "ssd_assessment_factors"
        self._add(table, self._serial(table), assessment.id, json.dumps(assessment.factors))

    def _care(self, child: Child) -> None:
        before = child.forgotten
        entered, period, placement = date.min, "", ""
        for number, episode in enumerate(child.episodes):
            reason = started_by(before, episode)
            if reason == "S" or not period:
                entered, period = episode.start, f"{child.id}-{number + 1}"
            if reason in ("S", "P", "B") or not placement:
                placement = self._placement(child, number, period)
            table = "ssd_cla_episodes"
            self._add(
                table, self._serial(table), child.id, iso(episode.start), reason, episode.need,
                iso(episode.end), episode.reason, period, placement, iso(entered),
            )  # fmt: skip
            before = episode
        for status, start, end in legal_spells(child):
            self._legal(child, status, start, end)

    def _placement(self, child: Child, number: int, period: str) -> str:
        """Write the placement that begins with an episode and lasts while only the law changes."""
        first = child.episodes[number]
        end = first.end
        for before, episode in zip(child.episodes[number:], child.episodes[number + 1 :],
                                   strict=False):  # fmt: skip
            if started_by(before, episode) not in ("L", "T"):
                break
            end = episode.end
        placement = f"PL{child.id}-{number + 1}"
        self._add(
            "ssd_cla_placement", placement, period, child.id, iso(first.start), first.place,
            iso(end),
        )  # fmt: skip
        return placement

    def _legal(self, child: Child, status: str, start: date, end: date | None) -> None:
        table = "ssd_legal_status"
        self._add(table, self._serial(table), child.id, status, iso(start), iso(end))

    def _law(self, child: Child) -> None:
        for order in child.legal_orders:
            self._legal(child, order.kind, order.made, None)
        for order in child.permanence:
            table = "ssd_permanence"
            self._add(table, self._serial(table), child.id, order.kind, iso(order.made))
        for line in child.proceedings:
            self._add(
                "proceedings", line.id, child.id, iso(line.applied), child.mother_record,
                line.order, iso(line.ordered), line.placed_with, line.authority,
            )  # fmt: skip

    def _places(self) -> None:
        for district in INSIDE:
            self._add("place_lookup", district, "1", f"Ashmarsh {district[2:]}")
        for district in OUTSIDE:
            self._add("place_lookup", district, "0", "")
        for code, inside in BORDER.items():
            self._add("place_lookup", code, "1" if inside else "0", "Border")


def legal_spells(child: Child) -> Iterator[tuple[str, date, date | None]]:
    """Give the legal statuses of a child's care as spells: status, start, end."""
    spell: tuple[str, date, date | None] | None = None
    for episode in child.episodes:
        if spell and spell[0] == episode.status and spell[2] == episode.start:
            spell = (spell[0], spell[1], episode.end)
            continue
        if spell:
            yield spell
        spell = (episode.status, episode.start, episode.end)
    if spell:
        yield spell
