"""The tables of an extract: their columns, which are required, and how each value is read.

Source: the extract specification (names marked SSD are those of the sector's Standard
Safeguarding Dataset as deployed, 903 those of the DfE's SSDA903 return, the rest casescope's own).
"""

import re
from dataclasses import dataclass

ID, TEXT, CODE, DATE, FLAG, POSTCODE, FACTORS = (
    "id", "text", "code", "date", "flag", "postcode", "factors",
)  # fmt: skip
"""How a value is read: ids and text trimmed, ids without the `.0` of a spreadsheet's number; codes
trimmed and in upper case; dates in the forms of the specification; flags to true or false;
postcodes in upper case without spaces; factors as JSON, an array of codes or an object."""


@dataclass(frozen=True)
class ExtractColumn:
    """One column that casescope uses: its kind, and whether the table is recognised without it."""

    name: str
    kind: str
    required: bool = False


@dataclass(frozen=True)
class ExtractTable:
    """One table of the extract.

    `returns` marks tables that come as one file for each collection year, where the same row in
    two files is a fact (which return reaches latest) and not a duplicate. `sets_unreadable_aside`
    says whether a row with an unreadable date is set aside (an end date read as empty would make
    a closed thing open) or kept with the date not known.
    """

    name: str
    columns: tuple[ExtractColumn, ...]
    returns: bool = False
    sets_unreadable_aside: bool = True

    @property
    def required(self) -> frozenset[str]:
        """Return the required columns' names in upper case."""
        return frozenset(column.name.upper() for column in self.columns if column.required)

    @property
    def known(self) -> frozenset[str]:
        """Return all known columns' names in upper case."""
        return frozenset(column.name.upper() for column in self.columns)


def _table(name: str, columns: str, *, returns: bool = False, keep: bool = False) -> ExtractTable:
    """Read `name:kind` words; a star after the name marks a required column."""
    parsed = []
    for word in columns.split():
        label, _, kind = word.partition(":")
        parsed.append(ExtractColumn(label.rstrip("*"), kind or TEXT, label.endswith("*")))
    return ExtractTable(name, tuple(parsed), returns, not keep)


TABLES: tuple[ExtractTable, ...] = (
    _table("person", """pers_person_id*:id pers_forename pers_surname pers_dob:date
        pers_expected_dob:date pers_sex:code pers_ethnicity:code pers_death_date:date
        pers_single_unique_id:id pers_upn:code pers_legacy_id:id pers_is_mother:flag""", keep=True),
    _table("person_alias", """alias_person_id*:id alias_forename alias_surname* alias_kind
        alias_start_date:date alias_end_date:date"""),
    _table("address", """addr_person_id*:id addr_address_postcode*:postcode
        addr_address_start_date:date addr_address_end_date:date addr_address_type
        addr_address_json"""),
    _table("mother", """moth_person_id*:id moth_childs_person_id*:id moth_childs_dob:date
        moth_table_id:id moth_relationship moth_start_date:date moth_end_date:date""", keep=True),
    _table("linked_identifier", """link_person_id*:id link_identifier_type*
        link_identifier_value*:id link_valid_from_date:date link_valid_to_date:date""", keep=True),
    _table("header", "CHILD*:id SEX*:code DOB*:date ETHNIC*:code UPN:code MOTHER:flag MC_DOB:date",
           returns=True, keep=True),
    _table("episodes", """CHILD*:id DECOM*:date RNE*:code LS*:code CIN:code PLACE*:code
        PLACE_PROVIDER:code DEC:date REC:code REASON_PLACE_CHANGE:code HOME_POST:postcode
        PL_POST:postcode URN""", returns=True),
    _table("placed_for_adoption", """CHILD*:id DOB:date DATE_PLACED*:date DATE_PLACED_CEASED*:date
        REASON_PLACED_CEASED*:code""", returns=True),
    _table("adoption", """CHILD*:id DOB:date DATE_INT*:date DATE_MATCH*:date FOSTER_CARE:code
        NB_ADOPTR:code SEX_ADOPTR:code LS_ADOPTR:code""", returns=True),
    _table("previous_permanence", """CHILD*:id DOB:date PREV_PERM*:code LA_PERM*:code
        DATE_PERM*:text""", returns=True),
    _table("uasc", "CHILD*:id SEX:code DOB:date DUC*:date", returns=True, keep=True),
    _table("cla_episode", """clae_person_id*:id clae_cla_id*:id clae_cla_episode_start_date*:date
        clae_cla_episode_start_reason:code clae_cla_episode_ceased_date:date
        clae_cla_episode_ceased_reason:code clae_entered_care_date:date clae_cla_placement_id:id
        clae_cla_primary_need_code:code clae_cla_episode_id:id"""),
    _table("placement", """clap_cla_placement_id*:id clap_cla_id:id clap_person_id:id
        clap_cla_placement_start_date*:date clap_cla_placement_end_date:date
        clap_cla_placement_type*:code"""),
    _table("legal_status", """lega_person_id*:id lega_legal_status*:text
        lega_legal_status_start_date*:date lega_legal_status_end_date:date"""),
    _table("proceedings", """proc_id*:id proc_child_person_id*:id proc_application_date*:date
        proc_mother_person_id:id proc_order proc_order_date:date proc_placed_with
        proc_authority"""),
    _table("permanence", """perm_person_id*:id perm_permanence_order_type*
        perm_permanence_order_date*:date"""),
    _table("pre_proceedings", """prep_person_id*:id prep_pre_pro_decision_date*:date
        prep_agree_stepdown_issue_date:date prep_court_application_date:date"""),
    _table("place", "place_postcode*:postcode place_in_authority*:flag place_area"),
    _table("assessment", """cina_assessment_id*:id cina_person_id*:id
        cina_assessment_start_date*:date cina_assessment_auth_date:date"""),
    _table("assessment_factor", "cinf_assessment_id*:id cinf_assessment_factors_json*:factors"),
    _table("care_leaver", "clea_person_id*:id clea_care_leaver_eligibility*"),
    _table("cp_plan", """cppl_person_id*:id cppl_cp_plan_start_date*:date
        cppl_cp_plan_end_date:date cppl_cp_plan_initial_category cppl_cp_plan_latest_category"""),
)  # fmt: skip

TABLE = {table.name: table for table in TABLES}

PREFIX = re.compile("^[a-z]{4,5}_")
PREFIXED = frozenset(
    column.name.upper() for table in TABLES for column in table.columns if PREFIX.match(column.name)
)
"""Names that say themselves which table's they are: those of the SSD, and our own."""

NOT_NEEDED: dict[str, frozenset[str]] = {
    "SSDA903 Reviews": frozenset({"CHILD", "DOB", "REVIEW", "REVIEW_CODE"}),
    "SSDA903 OC2": frozenset({"CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED"}),
    "SSDA903 OC3": frozenset({"CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"}),
    "SSDA903 Missing": frozenset({"CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"}),
    "SSDA903 SWEpisodes": frozenset({"CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC"}),
    "SSDA903 DoLo": frozenset({"CHILD", "DOB", "DOLO_START", "DOLO_END"}),
}
"""Tables of the 903 return that a study has no use for: named, so that nobody wonders."""
