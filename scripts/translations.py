"""The translations of the app's words: how each stands, and brought up to the template.

A translation is one folder of ``language/locales`` with a text that people edit (``.po``) and
the same compiled (``.mo``), which the app reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from procurement_risk.language.catalogue import DOMAIN, LOCALES

WIDTH = 99


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a translation has got.

    Attributes:
        translated: How many messages of the template it says.
        missing: Those that it does not say.
        fuzzy: Those that are only a guess, which the app does not show.
        obsolete: How many it holds that the template no longer has.
    """

    translated: int
    missing: list[Message]
    fuzzy: list[Message]
    obsolete: int

    def sentences(self) -> Iterator[str]:
        """Yield it in words, with what is missing where most is translated: that is new."""
        total = self.translated + len(self.missing) + len(self.fuzzy)
        yield (
            f"{self.translated} of {total} messages, {len(self.missing)} missing, "
            f"{len(self.fuzzy)} fuzzy, {self.obsolete} obsolete."
        )
        yield from (f"  fuzzy: {first_form(each)}" for each in self.fuzzy)

    def new(self, template: Catalog) -> Iterator[Message]:
        """Yield what is missing in files that are translated for the greater part."""
        everything = Counter(file for each in template if each.id for file in files_of(each))
        lacking = Counter(file for each in self.missing for file in files_of(each))
        for each in self.missing:
            if any(2 * lacking[file] < everything[file] for file in files_of(each)):
                yield each


def files() -> list[Path]:
    """Return the text of every translation there is."""
    return sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def code_of(file: Path) -> str:
    """Return the language of a translation's file."""
    return file.parent.parent.name


def read(file: Path) -> Catalog:
    """Return a translation, what is obsolete in it too."""
    with file.open("rb") as stream:
        return read_po(stream, locale=code_of(file), domain=DOMAIN)


def standing(catalog: Catalog, template: Catalog) -> Standing:
    """Return how far ``catalog`` says the messages of ``template``."""
    missing, fuzzy, translated = [], [], 0
    known = {(each.id, each.context): each for each in catalog if each.id}
    wanted = [each for each in template if each.id]
    for message in wanted:
        found = known.pop((message.id, message.context), None)
        if found is None or not said(found):
            missing.append(message)
        elif found.fuzzy:
            fuzzy.append(message)
        else:
            translated += 1
    return Standing(translated, missing, fuzzy, len(known) + len(catalog.obsolete))


def said(message: Message) -> bool:
    """Return whether a message is translated, in every form where it has several."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(forms)


def bring_up(code: str, template: Catalog) -> Standing:
    """Bring a translation up to the template, or begin it; write it, and compile it.

    A message whose English has changed is a new one: what it was before stays in the file as
    obsolete, for whoever translates it again. Places in the code are left out, so that the file
    changes only where its words do.
    """
    file = LOCALES / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    catalog = read(file) if file.is_file() else Catalog(locale=code, domain=DOMAIN)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    for name in [name for name, each in catalog.obsolete.items() if not said(each)]:
        del catalog.obsolete[name]
    with file.open("wb") as stream:
        write_po(stream, catalog, width=WIDTH, no_location=True)
    compiled(catalog, file.with_suffix(".mo"))
    return standing(catalog, template)


def compiled(catalog: Catalog, file: Path) -> None:
    """Write what the app reads: what is said in every form, and is no guess.

    Babel alone would write a plural that nobody translated as an empty text, and the app show it.
    """
    shown = catalog.__class__(locale=catalog.locale, domain=catalog.domain)
    shown.mime_headers = catalog.mime_headers
    for message in catalog:
        if message.id and said(message) and not message.fuzzy:
            shown.add(message.id, message.string, context=message.context)
    with file.open("wb") as stream:
        write_mo(stream, shown)


def files_of(message: Message) -> set[str]:
    """Return the files of the code in which a message stands."""
    return {file for file, _ in message.locations}


def first_form(message: Message) -> str:
    """Return a message's English; of several forms the first."""
    return str(message.id[0] if isinstance(message.id, list | tuple) else message.id)
