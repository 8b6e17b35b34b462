"""What a column of somebody's list of questions holds, by the words over it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from procurement_risk.language import N_
from procurement_risk.language.text import one_line

ROLES: Mapping[str, str] = {
    "id": N_("Number or reference"),
    "section": N_("Section"),
    "question": N_("Question"),
    "options": N_("Answers to choose from, in one cell"),
    "option": N_("One answer to choose from"),
    "tick": N_("An answer to tick"),
    "answer": N_("Where the answer goes"),
    "type": N_("Kind of answer"),
    "expected": N_("The good answer"),
    "risk": N_("Risk of an answer (higher is worse)"),
    "marks": N_("Marks of an answer (higher is better)"),
    "weight": N_("Weight"),
    "when": N_("Asked only if"),
    "help": N_("Guidance"),
    "why": N_("Why it is asked"),
    "good": N_("What good looks like"),
    "evidence": N_("Evidence to ask for"),
    "sources": N_("Source"),
}
"""What a column can hold, and what the page calls it."""

SEVERAL = frozenset({"option", "tick", "help", "sources", "risk", "marks"})
"""What several columns of a sheet may hold."""

COUNTS = frozenset({"risk", "marks"})
"""What says how much an answer counts for: in one column, or a column to each answer."""

LONGEST_HEADING = 80

# In this order: the first that fits counts. "marks" is chosen by a person only, since nobody can
# tell by a word whether a score is good or bad.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("option", re.compile(r"(?:option|choice|answer|response) ?(?:[1-9]\d?|[a-h])")),
    (
        "options",
        re.compile(
            r".*\b(?:options|choices)\b.*|(?:possible|allowed|permitted|valid|available|accepted) "
            r"(?:answers|responses|values).*|drop ?-?down.*|answers best first|"
            r"r[ée]ponses (?:possibles|propos[ée]es)|choix.*"
        ),
    ),
    (
        "expected",
        re.compile(
            r".*\b(?:compliant|expected|preferred|required|acceptable|correct|desired|ideal|good|"
            r"passing) (?:answer|response|value)s?\b.*"
        ),
    ),
    (
        "type",
        re.compile(r"(?:question|answer|response|reply|field)? ?(?:type|format)|kind of answer"),
    ),
    (
        "when",
        re.compile(
            r"(?:condition|applicab|applies|applicable|depend|asked|only|show|ask|relevant) ?.*\b"
            r"(?:if|when|on|to)\b.*|conditions?|applicability|depend\w*|asked if|skip logic"
        ),
    ),
    ("evidence", re.compile(r".*\bevidence\b.*|supporting doc.*|proof.*|documents? required")),
    ("why", re.compile(r"why.*|rationale|reason for.*|purpose.*")),
    (
        "good",
        re.compile(r"(?:what )?good (?:practice|looks like).*|what good looks like|model answer"),
    ),
    (
        "weight",
        re.compile(
            r".*\bweight(?:ing|ings|s)?\b.*|importance|priority|criticality|poids|pond[ée]ration"
        ),
    ),
    (
        "risk",
        re.compile(r"risk(?: of an answer)?(?: values?| scores?| ratings?| points| levels?)?"),
    ),
    (
        "help",
        re.compile(
            r"(?:.*\b)?(?:guidance|help|hints?|instructions?|explanation|clarification)\b.*|"
            r"notes? (?:for|to) .*|aide|indications?|consignes?"
        ),
    ),
    (
        "id",
        re.compile(
            r"#|n|no|nr|nº|nos?|num|number|num[ée]ro|refs?|reference|id|item|code|serial|"
            r"(?:question|control|requirement|item|ques|q|section)? ?"
            r"(?:#|no|nr|num|number|refs?|reference|id|code|identifier)"
        ),
    ),
    (
        "question",
        re.compile(
            r"(?:.*\b)?questions?\b.*|(?:.*\b)?requirements?\b.*|criteri(?:a|on).*|statements?|"
            r"what we (?:ask|want to know)|asks?|enquiry|control question"
        ),
    ),
    ("answer", re.compile(r".*\b(?:answer|response|reply)\b.*|yes ?/ ?no.*|compliant|compliance")),
    (
        "section",
        re.compile(
            r".*\b(?:section|domain|category|theme|topic|area|group|family|chapter|heading|"
            r"rubrique|domaine|th[èe]me|chapitre)\b.*"
        ),
    ),
    (
        "sources",
        re.compile(
            r"(?:source|legal basis|law|legislation|regulation|standard|policy ref).*|"
            r"(?:.*\b)?(?:iso|nist|gdpr|cis)\b.*"
        ),
    ),
)
_TICKS = re.compile(
    r"y|n|yes|no|n ?/? ?a|not applicable|partly|partial|partially|in part|met|not met|"
    r"partially met|in place|not in place|planned|don.?t know|unknown|compliant|non-?compliant"
)
_SCORE = re.compile(
    r"(risk )?(?:scores?|points|values?|ratings?) (?:for |of )?(?:answer |option )?([a-h])|"
    r"(risk) ([a-h])"
)
_SIGNS = re.compile(r"[^\w#/ -]+")


def folded(text: str) -> str:
    """Return the words of a heading as they are compared."""
    return " ".join(_SIGNS.sub(" ", one_line(text).casefold().replace("_", " ")).split())


def role_of(heading: str) -> str:
    """Return what a column under ``heading`` holds, or empty where its words do not say."""
    words = folded(heading)
    if not words or len(words) > LONGEST_HEADING:
        return ""
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(words)), "")


def scored_answer(heading: str) -> tuple[str, bool]:
    """Return the letter of the answer that a column of scores is for, and whether it says risk.

    Empty where ``heading`` names none: *Score A* does, *Score 1* may be that of a first reader.
    """
    found = _SCORE.fullmatch(folded(heading))
    return (found[2] or found[4], bool(found[1] or found[3])) if found else ("", False)


def is_questions(heading: str) -> bool:
    """Whether ``heading`` means questions even where it is the only one."""
    return folded(heading) in ("question", "questions", "requirement", "requirements")


def is_tick(heading: str) -> bool:
    """Whether ``heading`` is an answer, so that a column under it is one to tick."""
    return _TICKS.fullmatch(folded(heading)) is not None
