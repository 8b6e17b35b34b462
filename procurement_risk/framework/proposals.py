"""What of a questionnaire is only proposed, until whoever owns it settles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from procurement_risk.framework.checks.faults import listed
from procurement_risk.framework.model import Framework
from procurement_risk.language import ngettext

TO_BE_SET = "To be set:"
"""What a question's source begins with that names what is only proposed, and has to be settled."""


OWN = "Own question"
"""What stands as the source of a question that names none other."""


def marks(sources: Iterable[object]) -> Mapping[str, str]:
    """Return those of a question's sources that mark it, each with what it says is to be set."""
    return {
        each: each.removeprefix(TO_BE_SET).strip()
        for each in sources
        if isinstance(each, str) and each.startswith(TO_BE_SET)
    }


def to_be_set(framework: Framework, pack_id: str = "") -> tuple[str, ...]:
    """Return the ids of the questions of which something is only proposed; of a pack, or all."""
    pack = framework.pack(pack_id)
    return tuple(
        question.id
        for question in framework.questions()
        if marks(question.sources) and (pack is None or pack.asks(question.id))
    )


def proposal_words(framework: Framework, pack_id: str = "") -> str:
    """Return that a result rests on proposals, and in which questions; empty where it does not."""
    found = to_be_set(framework, pack_id)
    if not found:
        return ""
    words = ngettext(
        "In {n} question something is only proposed, and still to be set by whoever keeps the "
        "questionnaire, so a result rests on a proposal: {questions}.",
        "In {n} questions something is only proposed, and still to be set by whoever keeps the "
        "questionnaire, so a result rests on proposals: {questions}.",
        len(found),
    )
    return words.format(n=len(found), questions=listed(found))
