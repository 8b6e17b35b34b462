"""What people did with a result: decided, signed, overrode, withheld, promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ground = Literal["public", "commercial", "personal", "security"]

GROUNDS: tuple[Ground, ...] = ("public", "commercial", "personal", "security")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """What a named person decided. It may differ from the recommendation, with a reason.

    Attributes:
        review_by: The ISO day by which it is looked at again, or empty.
        gate: The gate that it was decided for, or empty where the framework has none.
        accepted_open: Ids of the open answers that it accepts as open.
    """

    decision: str
    by: str
    at: str
    reason: str = ""
    review_by: str = ""
    gate: str = ""
    accepted_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Somebody signed what was decided, over the assessment as it stood then.

    What it is taken over, and whether that still stands, ``assessment.signed`` says.

    Attributes:
        by: Who signed.
        post: As what, in their own words, such as the post that the tier asks for.
        at: When, as an ISO time in UTC.
        how: How it was known who they are: ``oidc`` or ``header`` where they had signed in;
            ``name`` where a name was typed.
        digest: What it is taken over, as a SHA-256.
        name_salt: Random text mixed into ``name_digest``; empty where a name was struck out.
        name_digest: Digest of ``by`` and ``post`` with it: the seal rests on this alone.
        public_key: The server's public key (Ed25519), as hexadecimal digits; empty: no seal.
        signature: The server's signature by it.
        stamp: An RFC 3161 time stamp over the signature, in Base64; empty where there is none.
    """

    by: str
    post: str
    at: str
    how: str
    digest: str
    name_digest: str
    name_salt: str = ""
    public_key: str = ""
    signature: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopOverride:
    """A stop that a named senior officer overrode: shown as overridden, never as cleared."""

    question: str
    by: str
    at: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something that calls for a new look, such as a swapped model."""

    what: str
    at: str
    note: str = ""
    resolved_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What somebody said about publishing one field.

    Attributes:
        ground: ``public``, or the ground on which the field is withheld.
        reason: Why it is withheld. It is published, in place of the field.
        until: For ``commercial``: the last ISO day on which it is withheld.
        exemption: The id of the section relied on, such as ``foia-43-2``, or empty.
    """

    ground: Ground
    reason: str = ""
    until: str = ""
    exemption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRisk:
    """A risk that, because of its nature, cannot be dealt with in the contract as awarded.

    Attributes:
        why: Why it qualifies, in the officer's words. It may be published.
        risk: The risk in the officer's words; empty where the framework's do.
    """

    why: str
    risk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """What was promised by one measure, and what was found once it ran.

    Attributes:
        measure: What is measured, such as minutes a case.
        promised: What was promised, as a text; empty where nothing was.
        found: What was measured, as a text; empty until then.
        at: The ISO day to which that belongs, or empty.
        evidence: The grade of the evidence for what was found, or empty.
        note: Where that evidence is, and what else to heed.
    """

    measure: str
    promised: str = ""
    found: str = ""
    at: str = ""
    evidence: str = ""
    note: str = ""
