"""The words of files, in English whatever the language: of those that are made, and of others'."""

from __future__ import annotations

import re
from collections.abc import Iterable

# --- In a framework that was made of a list

USUAL = ("Yes", "Partly", "No")
"""What a question that offers nothing to choose from is given, where it can be answered so."""

KEPT_UNDER = "The mapping, for --mapping:"
"""The line of a file that was made, below which its mapping stands as comments."""

DESCRIPTION = "Brought in from a spreadsheet."
NO_WHY = "The list does not say why."
NO_GOOD = "The list does not say what good looks like."
NO_EVIDENCE = "The list names no evidence."
LEFT_EMPTY = "what its row leaves empty"
OWN_CONTEXT = "a context question of your own"
ALWAYS = ("always", "all", "yes", "mandatory", "-", "none", "n/a")
"""What stands in a column of conditions where there is none."""


def comment(name: str, to_set: int, mark: str, mapping: str, notes: Iterable[object]) -> list[str]:
    """Return what stands above a framework that was made of the spreadsheet ``name``."""
    lines = [
        f"Made from the spreadsheet {name}.",
        "Every key is explained in frameworks/README.md. The policy, the tiers and the",
        "context question are those of a new framework: adopt them or change them.",
        "",
        f"Something is still to be set in {to_set} questions. It stands in a source that begins",
        f'with "{mark}": settle what it names, then delete that source.',
        "",
        KEPT_UNDER,
        *(f"  {line}" for line in mapping.splitlines()),
    ]
    said = [f"- {note}" for note in notes]
    return [*lines, "", "What was left out or changed:", *said] if said else lines


def comment_on_own(name: str, notes: Iterable[object]) -> list[str]:
    """Return what stands above a framework that was brought in again."""
    return [f"Brought in again from the workbook {name}.", *(f"- {note}" for note in notes)]


# --- Conditions, as people and we write them

START = re.compile(
    r"^(?:(?:this |question |section |is |are |be )*(?:only |applicable |applies |asked |ask |"
    r"answer |answered |required |relevant |show |shown |complete |completed |mandatory )+"
    r"(?:only )?)?(?:if|where|when)\s+",
    re.IGNORECASE,
)
_REF = r"(?:question |q\.? ?|no\.? ?|item |ref\.? ?)?[\"“']?(?P<ref>[\w][\w.\-/]*)[\"”']?"
_VALUE = r"[\"“']?(?P<value>[^\"“”;]+?)[\"”']?"
FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:you |the supplier |supplier )?(?:have )?(?:answered |answer |respond(?:ed)? |said )?"
        rf"(?:is )?{_VALUE} (?:to|for|in|at) (?:the answer to )?{_REF}",
        rf"(?:the )?(?:answer|response) (?:to|for) {_REF} (?:is|was|=) (?P<no>not )?{_VALUE}",
        rf"{_REF}\s*(?:is|was|=|:|==|equals|answered|is answered|answer is)\s*"
        rf"(?P<no>not )?{_VALUE}",
    )
)
AND, OR = " and ", " or "
IS, IS_NOT = "is", "is not"

# --- Red flags, as we write them

LEGAL_DUTY, FROM_TIER, STOP_FROM_TIER = "legal duty", "from tier", "stop from tier"
TIER = re.compile(r"(stop )?from tier (\d+)")
