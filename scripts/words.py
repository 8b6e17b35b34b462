"""Renew the list of the app's words, and say how the translations of it stand: ``make words``.

The template holds every message that is marked in the code, in English. A file whose messages
are up to date is left as it is, so that its date changes only when they do.

A translation is changed only where its language is named, ``make words ARGS=fr``: whoever adds a
sentence in English has nothing else to do.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from procurement_risk.framework.shipped import VERSION
from scripts import translations

PACKAGE = Path(__file__).resolve().parent.parent / "procurement_risk"
TEMPLATE = PACKAGE / "language" / "locales" / "procurement_risk.pot"
TITLE = "# The words of the AI Procurement Risk Toolkit, for translators."

# Which functions take messages, and at which place: singular and plural, or context and message.
KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "counted": (2, 3),
}


def template() -> Catalog:
    """Return every message in the code, with the files it stands in."""
    catalog = Catalog(project="AI Procurement Risk Toolkit", version=VERSION, header_comment=TITLE)
    found = extract_from_dir(
        PACKAGE, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for name, _line, message, comments, context in found:
        place = (f"procurement_risk/{Path(name).as_posix()}", None)
        catalog.add(message, locations=[place], auto_comments=comments, context=context)
    return catalog


def committed() -> Catalog:
    """Return the template as it stands in the repository; an empty one where there is none."""
    if not TEMPLATE.is_file():
        return Catalog()
    with TEMPLATE.open("rb") as stream:
        return read_po(stream)


def messages(catalog: Catalog) -> dict[object, object]:
    """Return what a translator is shown for each message, by message and context."""
    return {_name(each): _shown(each) for each in catalog if each.id}


def _name(message: Message) -> tuple[object, object]:
    return message.id, message.context


def _shown(message: Message) -> tuple[object, object]:
    return sorted({file for file, _ in message.locations}), message.auto_comments


def renew(found: Catalog) -> None:
    """Write the template anew where messages were added, changed, moved or dropped."""
    if messages(found) == messages(committed()):
        print(f"Up to date: {len(found)} messages.")
        return
    TEMPLATE.parent.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as stream:
        write_po(stream, found, width=99, sort_by_file=True)
    print(f"Written: {len(found)} messages.")


def main(codes: list[str]) -> None:
    """Renew the template and these translations, and say how every translation stands."""
    found = template()
    renew(found)
    for code in codes:
        translations.bring_up(code, found)
    for file in translations.files():
        standing = translations.standing(translations.read(file), found)
        for sentence in standing.sentences():
            print(f"{translations.code_of(file)}: {sentence}")
        for message in standing.new(found):
            print(f"  new, not translated: {translations.first_form(message)}")


if __name__ == "__main__":
    main(sys.argv[1:])
