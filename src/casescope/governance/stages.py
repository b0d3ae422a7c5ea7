"""The stages of a study and what each action needs, as one table; a page is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from casescope.governance.roles import Role
from casescope.kernel.dates import add_months, long_date
from casescope.kernel.errors import NotAllowed

LENGTH_IN_MONTHS = 3
"""Calendar months from the first load to the end (privacy notice: "completed within 3 months")."""


class Stage(Enum):
    """Where a study stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    RUNNING = "running"
    REPORTING = "reporting"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({Stage.CLOSED, Stage.WITHDRAWN})
"""From here there is no way back."""


class Action(Enum):
    """Everything that can be done to a study; the value is the verb of a sentence."""

    CREATE = "create a study"
    SHOW = "show the study"
    CHECK = "check the study"
    APPROVE = "approve the study"
    LOAD = "load extracts"
    RUN = "run the steps"
    QUALITY = "see the quality of the extracts"
    COHORT = "see the cohort"
    PAIRS = "see how the review of links stands"
    REVIEW = "review doubtful links"
    EXPORT_PAIRS = "export doubtful links"
    DECIDE = "decide on a link"
    UNDECIDE = "withdraw a decision on a link"
    RESTRICT = "restrict a person"
    LIFT = "lift a restriction"
    FINDINGS = "see the findings"
    RISK = "see the risk of sharing person by person"
    REPORT = "write the report"
    APPROVE_WORKING = "allow small counts in the working edition"
    WITHDRAW_WORKING = "withdraw leave for small counts"
    ASK_RELEASE = "ask for a release"
    TAKE_ANSWER = "take in an answer on a release"
    PUBLISH = "publish a release"
    RELEASES = "see how releases stand"
    VIEW_RELEASE = "view a release"
    DOWNLOAD_RELEASE = "download a release"
    WITHDRAW_RELEASE = "withdraw a release"
    ADD_CARD = "add a partner's card"
    SUSPEND_CARD = "suspend a partner"
    EXCHANGE = "see what was sent to partners"
    SEND = "send a package to a partner"
    GRANT_LEASE = "grant a lease"
    RECEIVE = "take in a partner's message"
    HOLD = "hold a person's rows beyond the end"
    READ_HOLD = "read what a hold keeps"
    PROLONG_HOLD = "prolong a hold"
    END_HOLD = "end a hold"
    EXTEND = "extend the study"
    CLOSE = "close the study"
    WITHDRAW = "withdraw the study"
    CERTIFY = "write the certificate of ending"
    VERIFY_LEDGER = "verify the ledger"


class FileNeed(Enum):
    """What an action asks of study.toml."""

    AS_APPROVED = "as approved"
    READABLE = "readable"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Rule:
    """What one action needs, and where it takes the study.

    `moves` maps each stage in which it may be done to the stage after it (None: no study yet);
    no `roles` means anyone; `until_end` is what works on data; `locks` is what else is locked after
    the last day of a study that has begun; `repeats` lets it be done again until the keys are
    destroyed.
    """

    moves: Mapping[Stage | None, Stage]
    roles: frozenset[Role] = frozenset()
    reason: bool = False
    until_end: bool = False
    file: FileNeed = FileNeed.NOTHING
    recorded: bool = True
    repeats: bool = False
    locks: bool = False


def _stays(*stages: Stage) -> dict[Stage | None, Stage]:
    return {stage: stage for stage in stages}


_LIVE = (Stage.DRAFT, Stage.APPROVED, Stage.RUNNING, Stage.REPORTING)
_WITH_DATA = (Stage.RUNNING, Stage.REPORTING)
_ANALYST = frozenset({Role.ANALYST})
_SEEING = Rule(
    _stays(*_WITH_DATA), roles=_ANALYST, until_end=True, file=FileNeed.AS_APPROVED
)  # fmt: skip
_LOOKING = Rule(
    _stays(*_WITH_DATA), roles=_ANALYST, reason=True, until_end=True, file=FileNeed.AS_APPROVED
)  # fmt: skip
_ENDED = (Stage.CLOSED, Stage.WITHDRAWN)
_REPORTED = (Stage.RUNNING, Stage.REPORTING, Stage.CLOSED, Stage.WITHDRAWN)
_ANSWERING = frozenset({Role.APPROVER, Role.DPO})
_ENDING = frozenset({Role.APPROVER, Role.DPO, Role.DIRECTOR})

RULES: dict[Action, Rule] = {
    Action.CREATE: Rule({None: Stage.DRAFT}),
    Action.SHOW: Rule(_stays(*Stage), recorded=False),
    Action.CHECK: Rule(_stays(*_LIVE), recorded=False),
    Action.APPROVE: Rule(
        {**_stays(*_LIVE), Stage.DRAFT: Stage.APPROVED},
        roles=frozenset({Role.APPROVER}),
        file=FileNeed.READABLE,
        locks=True,  # else a later end date in the file would do what takes an extension
    ),
    Action.LOAD: Rule(
        {
            Stage.APPROVED: Stage.RUNNING,
            Stage.RUNNING: Stage.RUNNING,
            Stage.REPORTING: Stage.RUNNING,
        },
        roles=_ANALYST,
        until_end=True,
        file=FileNeed.AS_APPROVED,
    ),
    Action.RUN: Rule(
        # shows nobody; who restricts somebody must be able to send what lacks her
        {Stage.RUNNING: Stage.RUNNING, Stage.REPORTING: Stage.RUNNING},
        roles=frozenset({Role.ANALYST, Role.DPO}),
        until_end=True,
        file=FileNeed.AS_APPROVED,
    ),
    Action.QUALITY: _SEEING,
    Action.COHORT: _LOOKING,
    Action.PAIRS: _SEEING,
    Action.REVIEW: _LOOKING,
    Action.EXPORT_PAIRS: _LOOKING,
    Action.DECIDE: _SEEING,
    Action.UNDECIDE: _LOOKING,
    Action.RESTRICT: Rule(
        # from the day the notice is out, so also before anything is loaded
        _stays(*_LIVE),
        roles=frozenset({Role.ANALYST, Role.APPROVER, Role.DPO}),
    ),
    Action.LIFT: Rule(_stays(*_LIVE), roles=frozenset({Role.APPROVER, Role.DPO}), reason=True),
    Action.FINDINGS: _SEEING,
    Action.RISK: Rule(
        # whether anything is shared is for who answers for the data as much as for the analyst
        _stays(*_WITH_DATA),
        roles=frozenset({Role.ANALYST, Role.DPO}),
        until_end=True,
        file=FileNeed.AS_APPROVED,
    ),
    Action.REPORT: Rule(
        {Stage.RUNNING: Stage.REPORTING, Stage.REPORTING: Stage.REPORTING},
        roles=_ANALYST,
        until_end=True,
        file=FileNeed.AS_APPROVED,
    ),
    Action.APPROVE_WORKING: Rule(
        _stays(Stage.APPROVED, *_WITH_DATA), roles=frozenset({Role.DPO}), reason=True, locks=True
    ),
    Action.WITHDRAW_WORKING: Rule(
        _stays(Stage.APPROVED, *_WITH_DATA), roles=frozenset({Role.DPO}), reason=True
    ),
    Action.ASK_RELEASE: _SEEING,
    Action.TAKE_ANSWER: Rule(
        # the file is signed, so it does not matter who carries it in
        _stays(*_WITH_DATA),
        roles=frozenset({Role.ANALYST, Role.APPROVER, Role.DPO, Role.REVIEWER}),
        until_end=True,
        file=FileNeed.AS_APPROVED,
    ),
    Action.PUBLISH: _SEEING,
    Action.RELEASES: Rule(_stays(*Stage), recorded=False),
    Action.VIEW_RELEASE: Rule(_stays(*_REPORTED)),
    Action.DOWNLOAD_RELEASE: Rule(_stays(*_REPORTED)),
    Action.WITHDRAW_RELEASE: Rule(_stays(*_REPORTED), roles=_ENDING, reason=True),
    Action.ADD_CARD: Rule(
        _stays(Stage.APPROVED, *_WITH_DATA),
        roles=frozenset({Role.APPROVER, Role.DPO}),
        locks=True,
    ),
    Action.SUSPEND_CARD: Rule(
        _stays(Stage.APPROVED, *_WITH_DATA),
        roles=frozenset({Role.APPROVER, Role.DPO}),
        reason=True,
    ),
    Action.EXCHANGE: Rule(_stays(*Stage), recorded=False),
    Action.SEND: Rule(
        _stays(*_WITH_DATA),
        roles=frozenset({Role.ANALYST, Role.DPO}),
        until_end=True,
        file=FileNeed.AS_APPROVED,
    ),
    Action.GRANT_LEASE: Rule(
        _stays(*_WITH_DATA),
        roles=frozenset({Role.ANALYST, Role.DPO}),
        until_end=True,
        file=FileNeed.AS_APPROVED,
    ),
    Action.RECEIVE: Rule(
        # signed, so it does not matter who carries it in; a receipt may come after the end
        _stays(*_REPORTED),
        roles=frozenset({Role.ANALYST, Role.APPROVER, Role.DPO, Role.DIRECTOR}),
    ),
    Action.HOLD: Rule(_stays(*_WITH_DATA), roles=_ANSWERING, reason=True),
    Action.READ_HOLD: Rule(_stays(*_ENDED), roles=_ANSWERING, reason=True),
    Action.PROLONG_HOLD: Rule(_stays(*_REPORTED), roles=_ANSWERING, reason=True),
    Action.END_HOLD: Rule(_stays(*_REPORTED), roles=_ANSWERING, reason=True),
    Action.EXTEND: Rule(_stays(*_WITH_DATA), roles=frozenset({Role.DPO}), reason=True),
    Action.CLOSE: Rule(
        {Stage.RUNNING: Stage.CLOSED, Stage.REPORTING: Stage.CLOSED}, roles=_ENDING, repeats=True
    ),
    Action.WITHDRAW: Rule(
        dict.fromkeys(_LIVE, Stage.WITHDRAWN), roles=_ENDING, reason=True, repeats=True
    ),
    Action.CERTIFY: Rule(_stays(*_ENDED), roles=_ENDING | _ANALYST),
    Action.VERIFY_LEDGER: Rule(_stays(*Stage), recorded=False),
}

STAGE_WORDS: dict[Stage, str] = {
    Stage.DRAFT: "a draft",
    Stage.APPROVED: "approved but not begun",
    Stage.RUNNING: "running",
    Stage.REPORTING: "reporting",
    Stage.CLOSED: "closed",
    Stage.WITHDRAWN: "withdrawn",
}
"""How a sentence calls each stage."""

REMEDIES: dict[Stage, str] = {
    Stage.DRAFT: "Have the study approved first: casescope study approve HOME --dpia REF "
    "--agreement REF --notice REF --basis TEXT",
    Stage.APPROVED: "Load the extracts first (casescope load HOME FOLDER…), or withdraw the study.",
    Stage.RUNNING: "casescope study show HOME says what can be done now.",
    Stage.REPORTING: "casescope study show HOME says what can be done now.",
    Stage.CLOSED: "The study has ended; a new question needs a new study with its own approval.",
    Stage.WITHDRAWN: "The study was withdrawn; a new one needs its own approval.",
}


def stage_after(action: Action, stage: Stage | None, *, keys_left: bool = True) -> Stage:
    """Return the stage that `action` leads to from `stage`, or refuse.

    `keys_left`: the study's keys are not yet destroyed, so an ending may be done again.
    """
    rule = RULES[action]
    if stage in rule.moves:
        return rule.moves[stage]
    if rule.repeats and keys_left and stage is not None and stage in rule.moves.values():
        return stage
    if stage is None:
        raise NotAllowed(f"There is no study yet in which to {action.value}.")
    raise NotAllowed(
        f"Nobody can {action.value} while the study is {STAGE_WORDS[stage]}.", REMEDIES[stage]
    )


def check_stage(action: Action, stage: Stage | None, *, keys_left: bool = True) -> None:
    """Refuse an action that `stage` does not allow."""
    stage_after(action, stage, keys_left=keys_left)


def is_possible(action: Action, stage: Stage | None, *, keys_left: bool = True) -> bool:
    """Say whether `stage` allows `action`."""
    try:
        check_stage(action, stage, keys_left=keys_left)
    except NotAllowed:
        return False
    return True


def check_reason(action: Action, reason: str) -> None:
    """Refuse an action that needs a reason and got none."""
    if RULES[action].reason and not reason.strip():
        raise NotAllowed(
            f"To {action.value} needs a reason, which is kept in the ledger.",
            "Give one with --reason, without naming anybody.",
        )


def end_of(start: date, stated: date | None, extended: date | None) -> date:
    """Return the study's last day: three calendar months after `start`, that day included.

    An earlier `stated` end binds instead, a later one does not; an extension replaces both.
    No weekend rule: the notice's three months are a promise, not a limit to be rounded up.
    """
    if extended is not None:
        return extended
    promised = add_months(start, LENGTH_IN_MONTHS)
    return min(promised, stated) if stated is not None else promised


def check_within(action: Action, last_day: date, today: date, *, begun: bool = True) -> None:
    """Refuse what works on the data after the study's last day, and what a lock locks.

    `begun`: something was loaded, so that there is something to lock.
    """
    rule = RULES[action]
    if (rule.until_end or (rule.locks and begun)) and today > last_day:
        raise NotAllowed(
            f"The study ended on {long_date(last_day)} and is locked: nothing is loaded, run, "
            "shown or sent after.",
            "Close it (casescope study close HOME), or have the data protection officer extend it "
            "(casescope study extend HOME --until DAY --reason TEXT --notice REF).",
        )


def is_within(action: Action, last_day: date, today: date, *, begun: bool = True) -> bool:
    """Say whether the end date still allows `action`."""
    try:
        check_within(action, last_day, today, begun=begun)
    except NotAllowed:
        return False
    return True


def check_clock(newest: date | None, today: date) -> None:
    """Refuse to act on a day before the newest entry of the ledger: the clock was set back."""
    if newest is not None and today < newest:
        raise NotAllowed(
            f"The ledger's newest entry is of {long_date(newest)}, but this machine's clock says "
            f"{long_date(today)}.",
            "Set the clock right and try again. If it is right, it was wrong when that entry was "
            "written: then the study can still be closed (casescope study close HOME).",
        )


def is_of_ending(action: Action, stage: Stage) -> bool:
    """Say whether an action ends a study, or tells of one that ended: no clock may stop that.

    A clock that once ran years ahead would else keep the data for so long.
    """
    return action in (Action.CLOSE, Action.WITHDRAW) or (
        stage in ENDED and action in (Action.RECEIVE, Action.CERTIFY)
    )


def is_clock_sound(newest: date | None, today: date) -> bool:
    """Say whether `today` can follow the ledger's newest entry."""
    try:
        check_clock(newest, today)
    except NotAllowed:
        return False
    return True
