"""Leases: a session asks, the authority answers for a time, and the answer opens nothing later.

What opens a package travels sealed to a secret that one session made and alone holds, so that a
lease kept on disk opens nothing in another session. Rules here read no clock.
"""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Annotated

from casescope.exchange.age import age
from casescope.exchange.form.message import check_sender, without_ledger
from casescope.exchange.form.shape import (
    Fingerprint,
    RandomId,
    Recipient,
    Sealed,
    Sha256,
    moment,
    shaped,
)
from casescope.governance.record.signing import Signed, decoded, encoded
from casescope.governance.study_file.exchange_lines import LONGEST_HOURS, MODES, SESSION
from casescope.kernel.errors import LeaseRefused

REQUEST = "lease request"
LEASE = "lease"
ANSWERED_WITHIN = timedelta(days=3)
"""A request older than this is not answered: nobody waits for it any more."""

CLOCKS_APART = timedelta(minutes=10)
"""How far the clocks of two honest machines may differ."""

Mode = Annotated[str, re.compile("|".join(MODES))]
"""`session` dies with the running session, `week` survives a restart, its secret sealed on disk by
a passphrase."""


@dataclass(frozen=True)
class Terms:
    """What a package allows: the mode of its leases, and the most hours of each."""

    mode: Mode
    hours: int

    def __post_init__(self) -> None:
        if not 1 <= self.hours <= LONGEST_HOURS.get(self.mode, 0):
            raise ValueError("no such length of a lease")


@dataclass(frozen=True)
class Request:
    """A running session's wish for a lease; `session` is its one-time recipient of age."""

    request: RandomId
    study: str
    package: RandomId
    version: int
    partner: Fingerprint
    session: Recipient
    mode: Mode
    hours: int
    asked_at: datetime
    casescope: str


@dataclass(frozen=True)
class Lease:
    """The authority's answer: `sealed` (base64) opens only to the session that asked.

    `answers` is the digest of the signed request, `hours` the time from opening, `last_day` the
    study's last day, after which it holds no more, however many hours are left.
    """

    lease: RandomId
    answers: Sha256
    study: str
    package: RandomId
    partner: Fingerprint
    session: Recipient
    mode: Mode
    hours: int
    last_day: date
    granted_at: datetime
    sealed: Sealed
    casescope: str


@dataclass(frozen=True, repr=False)
class LeaseKeys:
    """What a lease brings: the authority identity of a package, and the workspace's secret."""

    authority_identity: str
    workspace_secret: bytes


@dataclass(frozen=True)
class Standing:
    """How things are at the council when a request comes.

    `partner` is the fingerprint that the package was made for, `superseded_by` the id of a newer
    version (empty: none).
    """

    is_running: bool
    last_day: date
    suspended: bool
    study: str
    package: str
    partner: str
    terms: Terms
    superseded_by: str = ""


def new_request(
    *, study: str, package: str, version: int, partner: str, session: str, terms: Terms,
    now: datetime, casescope: str,
) -> Request:  # fmt: skip
    """Return a fresh request for all the time that the package's terms allow."""
    return Request(
        secrets.token_hex(16), study, package, version, partner, session, terms.mode, terms.hours,
        moment(now), casescope,
    )  # fmt: skip


def request_of(signed: Signed, called: str) -> Request:
    """Return the request that a signed message makes."""
    request = shaped(Request, without_ledger(signed), called)
    check_sender(signed, request.partner, called)
    return request


def lease_of(signed: Signed, called: str) -> Lease:
    """Return the lease that a signed message is."""
    return shaped(Lease, without_ledger(signed), called)


def check_grant(request: Request, standing: Standing, *, now: datetime) -> None:
    """Refuse a lease that may not be given; that a request was answered before, the register knows.

    `now` is the local time: the study's last day is a day of the place where it is.
    """
    for refused, sentence, remedy in _reasons(request, standing, now):
        if refused:
            raise LeaseRefused(sentence, remedy)


def _reasons(request: Request, standing: Standing, now: datetime) -> list[tuple[bool, str, str]]:
    asked = request.asked_at
    return [
        (not standing.is_running, "The study is not running, so no lease is given.",
         "casescope study show HOME says how it stands."),
        (now.date() > standing.last_day, "The study’s last day has passed, so no lease is given.",
         "Close the study (casescope study close HOME), or have it extended."),
        (standing.suspended, "The partner is suspended, so no lease is given.",
         "casescope card resume HOME lifts it, where there is reason to."),
        ((request.study, request.package) != (standing.study, standing.package)
         or request.partner != standing.partner,
         "The request is not for a package that was made for this partner.",
         "Ask the partner which package they mean to open."),
        (bool(standing.superseded_by), "A newer version of this package went out, so the old one "
         "gets no lease.", "Ask the partner to take in the newer version."),
        (not _is_allowed(request, standing.terms),
         "The request asks for more than the package’s terms allow.",
         "The terms stand in the package’s manifest; send a new version to change them."),
        (now - asked > ANSWERED_WITHIN, "The request is too old: no session waits for its answer.",
         "Let the partner open the package again."),
        (asked - now > CLOCKS_APART, "The request is dated in the future.",
         "Set right the clock of whichever machine is wrong, and ask again."),
    ]  # fmt: skip


def _is_allowed(request: Request, terms: Terms) -> bool:
    """Say whether a request keeps to the terms; who may survive a restart may also not."""
    is_mode = request.mode in (SESSION, terms.mode)
    return is_mode and 1 <= request.hours <= min(terms.hours, LONGEST_HOURS[request.mode])


def new_lease(
    request: Request, digest: str, keys: LeaseKeys, *, last_day: date, now: datetime, casescope: str
) -> Lease:
    """Return the answer to a request, sealed to its session; `check_grant` comes first.

    It is for the hours asked, but not for more than the study has left by the authority's clock,
    because the partner's may be wrong.
    """
    hours = min(request.hours, ceil((end_of(last_day, now) - now) / timedelta(hours=1)))
    name = secrets.token_hex(16)
    held = {
        "lease": name,
        "package": request.package,
        "authority_identity": keys.authority_identity,
        "workspace_secret": encoded(keys.workspace_secret),
    }
    sealed = encoded(age.sealed(json.dumps(held).encode(), request.session))
    return Lease(
        name, digest, request.study, request.package, request.partner, request.session,
        request.mode, hours, last_day, moment(now), sealed, casescope,
    )  # fmt: skip


def end_of(day: date, like: datetime) -> datetime:
    """Return the moment at which a day is over, in the zone of another moment."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)
    return midnight + timedelta(days=1)


def check_answers(lease: Lease, request: Request, digest: str) -> None:
    """Refuse a lease that is not the answer to this session's own request."""
    same = (
        lease.answers == digest
        and (lease.study, lease.package) == (request.study, request.package)
        and (lease.partner, lease.session) == (request.partner, request.session)
        and lease.mode == request.mode
        and 1 <= lease.hours <= request.hours
    )
    if not same:
        raise LeaseRefused(
            "This lease answers another request than the one of this session.",
            "A lease opens only in the session that asked; ask for a new one.",
        )


def lease_keys(lease: Lease, session_secret: str) -> LeaseKeys:
    """Return what a lease brings; only the secret of the session that asked opens it."""
    try:
        held = json.loads(age.opened(decoded(lease.sealed), session_secret, "The lease"))
        if (held["lease"], held["package"]) == (lease.lease, lease.package):
            secret = decoded(held["workspace_secret"])
            identity = age.identity_of(held["authority_identity"], "What the lease holds")
            return LeaseKeys(identity.secret, secret)
    except (ValueError, KeyError, TypeError):
        pass
    raise LeaseRefused(
        "The lease does not hold the keys of its package.", "Ask the authority for a new one."
    )
