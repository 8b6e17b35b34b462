"""What somebody signs off, whether it still stands, and what a sign-off is sealed over.

    digest      = sha256(canonical({"framework": …, "assessment": what is signed}))
    name_digest = sha256(name_salt + canonical([by, post]))
    sealed      = canonical(["sign-off-1", id, digest, name_digest, at, how])

What is signed is what was decided and all that it rests on. What goes on afterwards, such as the
state, comments and benefits, leaves it standing; so does who gave an answer, which the history
says. The seal rests on digests, so that a name can later be struck out and the seal still holds.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from procurement_risk.assessment import Assessment, SignOff, reviewing
from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.assessment.document import assessment_to_document, without_names
from procurement_risk.canonical import Document, canonical_bytes
from procurement_risk.framework import Framework
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import listed

SIGNED = (
    "id", "purchase", "supplier", "upstreams", "as_of", "pack", "gate", "answers", "mitigations",
    "decision", "overrides", "organisation", "replaces", "known_risks", "fictional", "files",
)  # fmt: skip
"""What of an assessment's document is signed."""

KNOWN_LATER = ("chosen_supplier", "notice_id", "ocid")
"""What is written of a purchase once it is decided, and is not signed."""

SIGNED_IN = ("oidc", "header")
"""How somebody who signed in is known; anybody else typed a name."""


def digest_of(assessment: Assessment, framework: Framework) -> str:
    """Return the SHA-256 of what is signed of an assessment as it stands."""
    matter = matter_of(assessment_to_document(assessment, framework))
    whole = {"framework": dict(framework.document), "assessment": matter}
    return hashlib.sha256(canonical_bytes(whole)).hexdigest()


def matter_of(document: Mapping[str, Any]) -> Document:
    """Return what is signed of an assessment's document."""
    matter = {key: document[key] for key in SIGNED if key in document}
    for key in {"answers", "files"} & matter.keys():
        matter[key] = {name: without_names(noun) for name, noun in matter[key].items()}
    matter["purchase"] = {
        key: each for key, each in document["purchase"].items() if key not in KNOWN_LATER
    }
    return matter


def standing(assessment: Assessment, framework: Framework) -> tuple[SignOff, ...]:
    """Return the sign-offs of the assessment as it stands, the oldest first."""
    if not assessment.sign_offs:
        return ()
    digest = digest_of(assessment, framework)
    return tuple(each for each in assessment.sign_offs if each.digest == digest)


def refused(
    assessment: Assessment, framework: Framework, by: str, post: str, *, signed_in: bool
) -> str:
    """Return why ``by`` cannot sign it as ``post``, as a sentence; else empty.

    Where people sign in, a second person has to have accepted what is said not to apply.
    """
    if assessment.decision is None:
        return _("Nobody has decided yet. Record the decision first.")
    if not by.strip():
        return _("Say who signs: the name is empty.")
    if not post.strip():
        return _("Write as what you sign, such as the post that is asked for.")
    if any(is_same_person(each.by, by) for each in standing(assessment, framework)):
        return _("You have signed this already, and nothing of it was changed since.")
    if signed_in and (left := reviewing.unconfirmed(assessment, framework)):
        message = ngettext(
            "{questions} is said not to apply, and no second person has accepted that. Have the "
            "section reviewed first.",
            "{questions} are said not to apply, and no second person has accepted that. Have the "
            "sections reviewed first.",
            len(left),
        )
        return message.format(questions=listed(left))
    return ""


def begun(digest: str, by: str, post: str, at: str, how: str) -> SignOff:
    """Return a sign-off that no key has sealed yet."""
    salt = secrets.token_hex(16)
    return SignOff(
        by=by,
        post=post,
        at=at,
        how=how,
        digest=digest,
        name_salt=salt,
        name_digest=name_digest(salt, by, post),
    )


def name_digest(salt: str, by: str, post: str) -> str:
    """Return the digest that stands for a name and a post."""
    return hashlib.sha256(salt.encode() + canonical_bytes([by, post])).hexdigest()


def sealed_over(assessment_id: str, sign_off: SignOff) -> bytes:
    """Return the bytes that the server's key signs."""
    fields = (sign_off.digest, sign_off.name_digest, sign_off.at, sign_off.how)
    return canonical_bytes(["sign-off-1", assessment_id, *fields])


def with_seal(sign_off: SignOff, public_key: str, signature: str) -> SignOff:
    """Return the sign-off as a key sealed it."""
    return replace(sign_off, public_key=public_key, signature=signature)


def unsalted(before: Mapping[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return a sign-off from which a name was struck without its salt: nobody can guess it.

    Anything else is returned as it is.
    """
    if "name_salt" not in before or before == after:
        return after
    return {key: each for key, each in after.items() if key != "name_salt"}
