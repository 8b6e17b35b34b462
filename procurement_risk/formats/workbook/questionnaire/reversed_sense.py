"""Questions where Yes may be the bad answer: named for their owner to look at, never turned round.

Do you share …, Has there been a breach …, Is it not …: the words say so often enough to look, and
not surely enough to decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from procurement_risk.formats.workbook.questionnaire.choices import rank

_NEGATED = re.compile(
    r"\b(?:not|never|without|unable|cannot|fail(?:s|ed|ing|ures?)?|refused?|lack(?:s|ing)?|"
    r"(?:is|are|has|have|do|does|did|was|were|ca|could|wo|would)n['’]t)\b",
    re.IGNORECASE,
)
_HANDED_ON = re.compile(
    r"\b(?:you|supplier|it|system|service|product|tool|model|data|they|we)"
    r"(?: \w+){0,4}? (?:share[ds]?|sells?|sold|disclose[ds]?|transfer(?:red|s)?|passed on|"
    r"retain(?:ed|s)?|monetised?|profil(?:e[ds]?|ing)|sub-?contract(?:ed|s)?|outsourced?)\b"
    r"|\b(?:used?|uses|using) (?:\w+ ){0,5}?(?:to|for)(?: \w+){0,3}? "
    r"(?:re)?(?:train|advertis|market)\w*",
    re.IGNORECASE,
)
_BAD_NEWS = re.compile(
    r"\b(?:breach(?:es|ed)?|incidents?|complaints?|fine[ds]?|penalt(?:y|ies)|sanction(?:s|ed)?|"
    r"convict(?:ed|ions?)|offences?|litigation|lawsuits?|disputes?|insolven(?:t|cy)|"
    r"bankrupt(?:cy)?|enforcement|outages?|vulnerabilit(?:y|ies)|conflicts? of interest|lock-?in|"
    r"exclusions?|weakness(?:es)?|adverse|harmed|overdue|outstanding)\b",
    re.IGNORECASE,
)
_ABOUT_CARE = re.compile(
    r"\b(?:policy|policies|process(?:es)?|procedures?|plans?|insurance|register|log(?:ged|s)?|"
    r"report(?:ed|ing|s)?|notif(?:y|ied|ication)|manage[ds]?|management|respon[ds]\w*|test(?:ed|ing|s)?|"
    r"scan\w*|monitor\w*|prevent\w*|protect\w*|detect\w*|handle[ds]?|handling|remed\w*|mitigat\w*|"
    r"declare[ds]?|explain\w*|ensure[ds]?|only|encrypt\w*|deleted?)\b",
    re.IGNORECASE,
)
"""Words of somebody who takes care of what is bad: Is there a procedure for breaches?"""


def looks_reversed(question: str, labels: Sequence[str]) -> bool:
    """Return whether the first of ``labels``, which sounds good, may be the bad answer here."""
    ranks = [rank(label) for label in labels]
    if 0 not in ranks or 2 not in ranks:
        return False
    if _NEGATED.search(question):
        return True
    found = _HANDED_ON.search(question) or _BAD_NEWS.search(question)
    return found is not None and not _ABOUT_CARE.search(question)
