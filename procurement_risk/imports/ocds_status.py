"""What in a release still stands: the status of the tender, and of each award and contract.

What was cancelled, withdrawn or without success gives no value, no dates and no supplier. It is
said, so that nobody takes a purchase that is over for one that goes on.

Source:
    Open Contracting Data Standard 1.1.5, code lists tenderStatus, awardStatus, contractStatus.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from procurement_risk.imports.ocds_parts import JSON, Part, part, parts, text
from procurement_risk.imports.ocds_prefill import Prefill
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, listed

OVER = frozenset({"cancelled", "unsuccessful", "withdrawn", "terminated"})
NOT_YET = frozenset({"planning", "planned"})
# What a release without a status says by its kind.
CANCELLING = {"tenderCancellation": "tender", "awardCancellation": "awards"}
ENDING = "contractTermination"
STATUS_WORDS = {
    "cancelled": N_("cancelled"),
    "unsuccessful": N_("unsuccessful"),
    "withdrawn": N_("withdrawn"),
    "terminated": N_("terminated"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a release stands.

    Attributes:
        tender: Whether the tender does.
        awards: The awards that do.
        contracts: The contracts that do.
        over: Those awards and contracts that do not.
    """

    tender: bool
    awards: list[Part]
    contracts: list[Part]
    over: list[Part]

    @property
    def is_over(self) -> bool:
        """Whether nothing is being bought: the tender ended, or every award and contract did."""
        return not self.tender or (bool(self.over) and not (self.awards or self.contracts))


def standing(document: Part, tags: Collection[str]) -> Standing:
    """Return what of a release with these ``tags`` stands."""
    awards, contracts = parts(document, "awards"), parts(document, "contracts")
    cancelled = {name for tag, name in CANCELLING.items() if tag in tags}
    dead_awards = [
        each
        for each in awards
        if status(each) in OVER or ("awards" in cancelled and not status(each))
    ]
    dead = {_key(each.get("id")) for each in dead_awards if each.get("id") is not None}
    dead_contracts = [
        each
        for each in contracts
        if status(each) in OVER
        or (ENDING in tags and not status(each))
        or (each.get("awardID") is not None and _key(each["awardID"]) in dead)
    ]
    tender = part(document, "tender")
    ended = status(tender) in OVER or ("tender" in cancelled and not status(tender))
    return Standing(
        tender=not ended,
        awards=[each for each in awards if each not in dead_awards],
        contracts=[each for each in contracts if each not in dead_contracts],
        over=[*dead_awards, *dead_contracts],
    )


def status(found: Part) -> str:
    """Return the status of a tender, award or contract as the code list writes it, or empty."""
    return text(found, "status").casefold()


def say_status(found: Prefill, document: Part, stands: Standing) -> None:
    """Add a sentence for whatever is over, and one for what has not begun."""
    tender = part(document, "tender")
    if not stands.tender:
        words = _("The tender is {status}: nothing is being bought by this notice.")
        name = _(STATUS_WORDS[status(tender)]) if status(tender) in OVER else _("cancelled")
        found.warnings.append(words.format(status=name))
    elif status(tender) in NOT_YET:
        found.notes.append(_("The tender is planned and has not been published yet."))
    _say_over(found, document, stands)
    for name, each in (("awards", stands.awards), ("contracts", stands.contracts)):
        pending = sum(status(one) == "pending" for one in each)
        if pending:
            words = _("{n} of {all} under {name} are pending, so nothing is settled yet.")
            found.note(words, n=pending, all=len(each), name=name)


def _say_over(found: Prefill, document: Part, stands: Standing) -> None:
    for name in ("awards", "contracts"):
        every = parts(document, name)
        over = [each for each in every if each in stands.over]
        if not over:
            continue
        statuses = sorted({status(each) for each in over} & OVER) or ["cancelled"]
        words = _("{over} of {all} under {name} ({statuses}). It gave no value and no supplier.")
        found.warnings.append(
            words.format(
                over=counted(len(over), "{n} is over", "{n} are over"),
                all=len(every),
                name=name,
                statuses=listed([_(STATUS_WORDS[each]) for each in statuses]),
            )
        )


def _key(value: JSON) -> str:
    return str(value)
