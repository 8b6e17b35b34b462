"""The README of an audit pack, for whoever opens it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from procurement_risk.exports import verify
from procurement_risk.language import N_, _

PDF, YAML, PAGE = "leadership.pdf", "framework.yaml", "page.json"
LATER = frozenset({PAGE, verify.FILES})
"""What a pack of version 1 does not hold."""


def readme(notices: Sequence[str] = (), contents: Mapping[str, str] | None = None) -> str:
    """Return the README; ``notices`` is what has to be known of the results, each once."""
    return "\n".join(_paragraphs(notices, contents or CONTENTS)) + "\n"


def first_readme() -> str:
    """Return the README of a pack of version 1."""
    return readme(contents={n: each for n, each in CONTENTS.items() if n not in LATER})


def _paragraphs(notices: Sequence[str], contents: Mapping[str, str]) -> Iterator[str]:
    yield _("Audit pack of the AI Procurement Risk Toolkit")
    yield ""
    for notice in notices:
        yield notice
        yield ""
    yield _("To check it, with Python 3.9 or later and nothing else:")
    yield ""
    yield "    python3 -I verify.py"
    yield "    python3 -I verify.py --checkpoint FILE"
    yield ""
    yield _("FILE holds a line of checkpoint.txt that was kept elsewhere, such as in a mail.")
    yield _("Nothing in the folder may be changed or added: work on a copy.")
    yield ""
    yield _("What is here, for each assessment:")
    yield ""
    for name, meaning in contents.items():
        yield f"    {name:16}{_(meaning)}"
    yield ""
    if PAGE in contents:
        yield _("When, by whom and with which version this was made, manifest.json says.")
    yield _("What the check shows, and what it cannot show, verify.py says under its result.")
    yield _(
        "Whoever can change this pack can change verify.py too: compare its SHA-256 with the "
        "copy in the toolkit, or run that one."
    )
    yield _("It is no legal advice, and says nothing about compliance.")


CONTENTS = {
    verify.RECORD: N_("the answers, the result, and all that is needed to work it out again"),
    verify.HISTORY: N_(
        "one line a change: who, when, from what to what; each seals the one before"
    ),
    verify.FRAMEWORK: N_("the questionnaire and its rules, as they were when it was answered"),
    YAML: N_("the same, to be read"),
    verify.EVIDENCE: N_("the evidence for each answer: grade, link, until when it counts"),
    verify.RETURNS: N_("workbooks that the supplier sent back, as they came"),
    verify.FILES: N_("files of evidence, where whoever made this asked for them"),
    PDF: N_("the page for those who decide"),
    PAGE: N_("what that page is made from beside the record: language, look before, portfolio"),
    verify.CHECKPOINT: N_("to be kept elsewhere: the head of the history and the record's digest"),
    "manifest.json": N_("every file with its SHA-256 and size, and what was left out and why"),
}
