"""The answers that a question offers: parted where one cell holds them, and how they rank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procurement_risk.formats.workbook.questionnaire.roles import folded

LONGEST_ANSWER = 120
_NOT_APPLICABLE = re.compile(r"n ?/? ?a|not applicable|non applicable|does not apply")
_UNKNOWN = re.compile(r"don.?t know|do not know|unknown|not known|not sure|unsure|tbc|tbd")
_FREE = re.compile(
    r"(?:free|open)? ?text(?: ?(?:field|box|area|answer))?|narrative|free ?form|comments?|open"
)
_KINDS = {
    "date": re.compile(r"date"),
    "number": re.compile(r"(?:whole )?number|numeric|integer|amount|percentage"),
    "multiple": re.compile(
        r"multi(?:ple)?(?:[ -]?(?:choice|select(?:ion)?))?(?: answers?)?|check ?box(?:es)?|"
        r"(?:select|tick|choose) (?:all|one or more|several).*|several(?: answers?)?"
    ),
    "text": _FREE,
}
_RANKS = (
    re.compile(
        r"y|yes|oui|fully?(?: met| compliant| implemented| in place)?|compliant|in place|met|"
        r"implemented|always|true|pass|complete[d]?|yes,.*|fully .*"
    ),
    re.compile(
        r"partly|en partie|partiellement|partial(?:ly)?(?: .*)?|in part|in progress|planned|"
        r"sometimes|some(?: .*)?|"
        r"to some extent|under way|mostly|limited"
    ),
    re.compile(
        r"n|no|non|none|non-?compliant|not (?:in place|met|compliant|implemented|planned)|never|"
        r"false|fail(?:ed)?|not at all|no,.*|nothing"
    ),
)
_MARK = re.compile(r"^\s*(?:[-•·▪◦*☐□○●–]|\[ ?\]|\(?[a-hA-H1-9][.)](?=\s)|\(?[ivx]+[.)](?=\s))\s*")
_NUMBER = re.compile(
    r"^(.*?\S)\s*(?:[=:(\[]|\s[-–])\s*(\d{1,3})\s*(?:points?|pts?|marks?)?\s*[)\]]?$"
)
_OURS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]* = (\d{1,2}): (.+)")
_LED = re.compile(r"^(\d{1,2})\s*[-=–:]\s*(\D.*)$")
_SLASH_KEPT = re.compile(r"\b(n)/(a)\b|\b(and)/(or)\b|\b(w)/(o)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\(\s*((?:y(?:es)?|no?|n/?a|partly|partial|planned)(?:\s*[/,|]\s*[^()/,|]{1,25}){1,4})\s*\)",
    re.I,
)
_WRITES = re.compile(
    r"(?:please )?(?:describe|explain|provide|list|give|set out|outline|attach|name)\b", re.I
)
_YES_NO = re.compile(
    r"^(?:\W*\(?[\w.]{0,6}[.)]\s+)?(?:if [^,?]{1,60}, )?"
    r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|shall|may|must|should|"
    r"please confirm|confirm)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its words, and the number that stands beside it, where one does.

    Attributes:
        is_risk: Whether it is written as we write answers, so that the number is their risk.
    """

    label: str
    number: int | None = None
    is_risk: bool = False


def part(text: str) -> list[str]:
    """Return the answers in one cell: by lines, semicolons, bars, slashes, or short by commas."""
    kept = _SLASH_KEPT.sub(lambda found: found[0].replace("/", "\0"), text)
    for sign in ("\n", ";", "|", "/", ","):
        parts = [_MARK.sub("", each).strip(" \t.") for each in kept.split(sign)]
        parts = [each.replace("\0", "/") for each in parts if each]
        longest = 30 if sign in ",/" else 1_000
        if len(parts) > 1 and all(len(each) <= longest for each in parts):
            return list(dict.fromkeys(parts))
    return [text.strip()] if text.strip() else []


def choice(text: str) -> Choice:
    """Return one answer; a number beside it is told apart from its words."""
    if len(text) > LONGEST_ANSWER:
        return Choice(text.strip())
    if found := _OURS.fullmatch(text):
        return Choice(found[2].strip(), int(found[1]), is_risk=True)
    if found := _NUMBER.match(text):
        return Choice(found[1].strip(), int(found[2]))
    if found := _LED.match(text):
        return Choice(found[2].strip(), int(found[1]))
    return Choice(text.strip())


def looks_like_choices(text: str) -> bool:
    """Whether the cell of an answer holds what may be answered, not an answer."""
    parts = part(text)
    return len(parts) > 1 and all(len(each) <= 40 for each in parts) and rank(parts[0]) is not None


def asked_in(question: str) -> list[str]:
    """Return the answers that a question names at its end in brackets: (Yes/No)."""
    found = _ASKED.search(question)
    return part(found[1]) if found and found.end() > len(question) - 40 else []


def asks_for_text(question: str) -> bool:
    """Whether a question asks to write something, whatever stands beside it to tick."""
    return _WRITES.match(question) is not None


def is_yes_or_no(question: str) -> bool:
    """Whether a question can be answered by yes or no."""
    return _YES_NO.match(question) is not None and not re.search(
        r"\b(?:how|which|what)\b", question[:60], re.I
    )


def kind_of(text: str) -> str:
    """Return the type of question that a word for it means, or empty."""
    words = folded(text)
    return next((kind for kind, words_for in _KINDS.items() if words_for.fullmatch(words)), "")


def is_no_answer(label: str) -> bool:
    """Whether ``label`` stands for not applicable or not known, which every question knows."""
    words = folded(label)
    return bool(_NOT_APPLICABLE.fullmatch(words) or _UNKNOWN.fullmatch(words))


def rank(label: str) -> int | None:
    """Return whether an answer sounds good (0), between (1) or bad (2); None: it does not say."""
    words = folded(label)
    return next((n for n, pattern in enumerate(_RANKS) if pattern.fullmatch(words)), None)


def in_order(labels: Sequence[str]) -> list[str]:
    """Return answers from what sounds best to worst, as they stand where that is not clear."""
    ranks = [rank(label) for label in labels]
    if None in ranks or len(set(ranks)) < len(ranks):
        return list(labels)
    return sorted(labels, key=lambda label: rank(label) or 0)


def spread(count: int, top: int) -> list[int]:
    """Return ``count`` risk values from 0 to ``top``, as even as whole numbers are."""
    return [round(each * top / (count - 1)) for each in range(count)]


def numbers_of(choices: Iterable[Choice]) -> list[int] | None:
    """Return the numbers beside the answers; None unless all have one, each another."""
    found = [each.number for each in choices]
    numbers = [number for number in found if number is not None]
    return numbers if len(numbers) == len(found) and len(set(numbers)) == len(found) else None
