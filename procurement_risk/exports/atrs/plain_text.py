"""The draft as plain text, field by field in the order of one template: for pasting into it.

No sign stands in it that a form would show as it is: no markup, and so no backslash before any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procurement_risk.exports.atrs.draft import TO_WRITE, Drafted, draft
from procurement_risk.exports.atrs.template import whole
from procurement_risk.exports.export import Exported
from procurement_risk.exports.published.today import published, the_only
from procurement_risk.exports.sealed import matter
from procurement_risk.language.text import one_line

WARNING = (
    "DRAFT in the shape of an algorithmic transparency record. It is not compliant with the "
    "Algorithmic Transparency Recording Standard by itself and must not be published as it "
    "stands: an officer writes what is marked, checks the rest, and clears it for publication."
)


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the draft of one assessment, with every field of the template it names.

    Raises:
        UsageError: If there is not exactly one assessment.
        InvalidDocument: If something in it cannot be put in a record.
    """
    exported = the_only(assessments)
    found, shown = matter(exported), published(exported)
    known = {
        each.field.name: each for each in draft(shown.assessment, found.outcome, shown.answers)
    }
    template = whole()
    title = one_line(shown.assessment.purchase.title)
    lines = [f"Draft transparency record: {title}", "", WARNING, ""]
    lines += [f"Template {template.version}, every field in its order. {_left_out()}", ""]
    if shown.assessment.fictional:
        lines += ["Fictional demonstration data: everything in this draft is invented.", ""]
    if exported.foreign_notice:
        lines += [one_line(exported.foreign_notice), ""]
    lines += [f"Made from the record with the SHA-256 {found.digest}.", ""]
    for section, fields in template.sections:
        lines += [section.upper(), ""]
        for name, source in fields:
            lines += [name, *_filled(known.get(source)), ""]
    return "\n".join(lines).encode()


def _left_out() -> str:
    return "Names of people (write titles of posts), notes and refusals are left out on purpose."


def _filled(each: Drafted | None) -> Iterator[str]:
    if each is None or not each.lines:
        yield TO_WRITE
        return
    yield from each.lines
    if each.field.add:
        yield f"{TO_WRITE} {each.field.add}"
