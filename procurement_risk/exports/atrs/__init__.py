"""A draft of a UK algorithmic transparency record: to be finished by an officer, never published.

Markdown can be edited anywhere and pasted field by field; JSON carries the same for programs. The
mapping and its limits stand in ``docs/exchange.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from procurement_risk.exports.atrs.draft import PREFIX, TO_WRITE, Drafted, draft, tags
from procurement_risk.exports.atrs.template import VERSIONS, metadata, whole
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.published.today import named, published, the_only
from procurement_risk.exports.sealed import matter
from procurement_risk.language import N_
from procurement_risk.language.text import one_line

# The draft as plain text, field by field in the order of one template: for pasting into it.
# No sign stands in it that a form would show as it is: no markup, and so no backslash before any.

_WARNING = (
    "DRAFT in the shape of an algorithmic transparency record. It is not compliant with the "
    "Algorithmic Transparency Recording Standard by itself and must not be published as it "
    "stands: an officer writes what is marked, checks the rest, and clears it for publication."
)


def _write(assessments: Sequence[Exported]) -> bytes:
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
    lines = [f"Draft transparency record: {title}", "", _WARNING, ""]
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


TO_CHOOSE = "[to be chosen by you]"
WARNING = (
    "This is a draft in the shape of an algorithmic transparency record. It is not compliant with "
    "the Algorithmic Transparency Recording Standard by itself, and it must not be published as "
    "it stands: an officer writes what is marked, checks the rest, and clears it for publication."
)
LEFT_OUT = (
    "Left out on purpose: names of people (write titles of posts), notes, and whatever the "
    "supplier would not say. Fields are given by name. Their numbers differ between versions of "
    "the template and stand here only where they are certain."
)
FICTIONAL = "Fictional demonstration data: everything in this draft is invented."

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&$!])")
# What many programs make a link of without any sign around it.
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_START = re.compile(r"^([0-9]*)([-+=.)])")


def write_markdown(assessments: Sequence[Exported]) -> bytes:
    """Return the draft as Markdown in which other people's text is shown literally.

    Raises:
        UsageError: If there is not exactly one assessment.
        InvalidDocument: If something in it cannot be put in a record.
    """
    exported = the_only(assessments)
    found, shown = matter(exported), published(exported)
    assessment = shown.assessment
    lines = [f"# Draft transparency record: {literal(assessment.purchase.title)}", ""]
    lines += [f"**{WARNING}**", "", LEFT_OUT, ""]
    lines += [f"**{FICTIONAL}**", ""] if assessment.fictional else []
    lines += [f"**{literal(exported.foreign_notice)}**", ""] if exported.foreign_notice else []
    lines += [f"Made from the record with the SHA-256 `{found.digest}`.", ""]
    section = ""
    for each in draft(assessment, found.outcome, shown.answers):
        if each.field.section != section:
            section = each.field.section
            lines += [f"## {section}", ""]
        lines += _field(each)
    lines += ["## GOV.UK metadata", "", *_metadata(tags(assessment))]
    return "\n".join(lines).encode()


def _field(each: Drafted) -> Iterator[str]:
    field = each.field
    yield f"### {field.name}"
    yield ""
    if field.numbers:
        known = [f"{version}: {number}" for version, number in field.numbers.items()]
        yield f"(number in template {'; '.join(known)})"
        yield ""
    for line in each.lines or (TO_WRITE,):
        yield line if line == TO_WRITE else literal(line)
        yield ""
    if field.add:
        yield f"{TO_WRITE} {field.add}"
        yield ""


def _metadata(known: dict[str, list[str]]) -> Iterator[str]:
    facts = metadata()
    yield f"The lists were checked in {facts['checked']} and may have moved since."
    yield ""
    for name, value in _choices(known).items():
        chosen = ", ".join(value) if isinstance(value, list) else TO_CHOOSE
        needed = "required" if name.removeprefix(PREFIX) in facts["required"] else "optional"
        allowed = facts["lists"].get(name.removeprefix(PREFIX), ())
        choice = f" One of: {', '.join(allowed)}." if allowed and chosen == TO_CHOOSE else ""
        yield f"- `{name}` ({needed}): {chosen}.{choice}"
    yield ""


def _choices(known: dict[str, list[str]]) -> dict[str, list[str] | None]:
    facts = metadata()
    names = dict.fromkeys([*facts["required"], *facts["lists"]])
    return {f"{PREFIX}{name}": known.get(f"{PREFIX}{name}") for name in names}


def literal(text: str) -> str:
    """Return ``text`` on one line as Markdown that shows it literally."""
    shown = _SIGNS.sub(r"\\\1", one_line(text))
    return _START.sub(r"\1\\\2", _ADDRESS.sub(r"\\\g<0>", shown))


def write_json(assessments: Sequence[Exported]) -> bytes:
    """Return the draft as JSON, for programs that fill in the rest.

    Raises:
        UsageError: If there is not exactly one assessment.
        InvalidDocument: If something in it cannot be put in a record.
    """
    exported = the_only(assessments)
    found, shown = matter(exported), published(exported)
    assessment, facts = shown.assessment, metadata()
    known = tags(assessment)
    document: dict[str, Any] = {
        "kind": "atrs-shaped-draft",
        "is_draft": True,
        "is_compliant": False,
        "warning": WARNING,
        "left_out": LEFT_OUT,
        "fictional": assessment.fictional,
        "questionnaire": exported.questionnaire,
        "notice": exported.foreign_notice,
        "record_sha256": found.digest,
        "template_versions": list(VERSIONS),
        "fields": [_as_json(each) for each in draft(assessment, found.outcome, shown.answers)],
        "metadata": known,
        "metadata_to_choose": {
            name: {
                "required": name.removeprefix(PREFIX) in facts["required"],
                "several": name.removeprefix(PREFIX) in facts["several"],
                "allowed": facts["lists"].get(name.removeprefix(PREFIX), []),
            }
            for name, value in _choices(known).items()
            if value is None
        },
        "metadata_checked": facts["checked"],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _as_json(each: Drafted) -> dict[str, Any]:
    field = each.field
    return {
        "section": field.section,
        "name": field.name,
        "numbers": dict(field.numbers),
        "names": dict(field.names),
        "state": "filled" if each.is_filled else "to_be_written",
        "lines": list(each.lines),
        "still_to_add": field.add if each.is_filled else "",
    }


MARKDOWN = Export(
    name="atrs",
    title=N_("Transparency record, draft (Markdown)"),
    purpose=N_("To finish by hand: the shape of a UK algorithmic transparency record."),
    ending="md",
    media_type="text/markdown",
    use="publication",
    one_each=True,
    write=write_markdown,
    named=named,
)
TEXT = replace(
    MARKDOWN,
    name="atrs-text",
    title=N_("Transparency record, draft (plain text)"),
    purpose=N_("The same to be pasted: every field of template 3.0 in its order, without markup."),
    ending="txt",
    media_type="text/plain",
    write=_write,
)
JSON = replace(
    MARKDOWN,
    name="atrs-json",
    title=N_("Transparency record, draft (JSON)"),
    purpose=N_("The same draft for programs, with the lists of GOV.UK metadata."),
    ending="json",
    media_type="application/json",
    write=write_json,
)
