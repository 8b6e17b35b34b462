"""The file that an overlay begins with."""

from __future__ import annotations

from procurement_risk.framework import Framework
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.language import _

GUIDE = "docs/extending-a-framework.md"


def overlay_text(base: Framework, framework_id: str, title: str) -> str:
    """Return the text of an overlay of ``base`` that changes nothing yet."""
    head = {
        "schema_version": 1,
        "id": framework_id,
        "version": "1",
        "title": title or base.title,
        "extends": f"{base.id}@{base.version}",
    }
    first = next(base.questions())
    changed = {"id": first.id, "help": _("What helps to answer it here.")}
    example = {"sections": [{"id": first.section, "questions": [changed]}]}
    comments = [
        _("Write below what is different, and nothing else: {guide} shows how.").format(
            guide=GUIDE
        ),
        _("The id of an inherited part, and what changes in it:"),
        *write_yaml(example).splitlines(),
        _("A part with a new id is new, and is written whole."),
    ]
    return write_yaml(head) + "\n" + "".join(f"# {line}\n" for line in comments)
