"""The language of the app's own words: gettext, with the English sentence as the message.

    _("Saved.")                              one sentence
    ngettext("{n} stop", "{n} stops", n)     one that depends on a number
    pgettext("verb", "Start")                one whose English means two things
    N_("Low")                                marked where it is defined, translated where shown

Values go in afterwards, by name: ``_("Saved by {name}").format(name=name)``. The texts of a
framework are not the app's words; nor is anything that is stored. A language is a folder in
``locales``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from procurement_risk.language.heard import note

DOMAIN = "procurement_risk"
LOCALES = Path(__file__).resolve().parent / "locales"
ENGLISH = "en"

NAMES = {
    "bg": "български",
    "cs": "čeština",
    "cy": "Cymraeg",
    "da": "dansk",
    "de": "Deutsch",
    "el": "ελληνικά",
    "en": "English",
    "es": "español",
    "et": "eesti",
    "fi": "suomi",
    "fr": "français",
    "ga": "Gaeilge",
    "gd": "Gàidhlig",
    "hr": "hrvatski",
    "hu": "magyar",
    "it": "italiano",
    "iu": "ᐃᓄᒃᑎᑐᑦ",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "lietuvių",
    "lv": "latviešu",
    "mi": "te reo Māori",
    "mt": "Malti",
    "nl": "Nederlands",
    "no": "norsk",
    "pl": "polski",
    "pt": "português",
    "ro": "română",
    "sk": "slovenčina",
    "sl": "slovenščina",
    "sv": "svenska",
    "uk": "українська",
    "zh": "中文",
}
"""What languages call themselves: so that whoever speaks one finds it."""

# Streamlit runs every visit's page in a thread of its own, and so in a context of its own.
_chosen: ContextVar[tuple[str, GNUTranslations | None]] = ContextVar(
    "language", default=(ENGLISH, None)
)


def available() -> tuple[str, ...]:
    """Return the languages there are: English, then those with a compiled catalogue."""
    return (ENGLISH, *(code for code in _files(LOCALES) if code != ENGLISH))


def use(code: str) -> None:
    """Speak this language from here on; English where there is no catalogue for it."""
    file = None if code == ENGLISH else _files(LOCALES).get(code)
    _chosen.set((ENGLISH, None) if file is None else (code, _read(file)))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while, such as the one that a file was made in."""
    before = current()
    use(code)
    try:
        yield
    finally:
        use(before)


def current() -> str:
    """Return the code of the language in use."""
    return _chosen.get()[0]


def name_of(code: str) -> str:
    """Return what a language calls itself, its region behind it; the code where we do not know."""
    name, _dash, region = code.partition("-")
    known = NAMES.get(name, name)
    return f"{known} ({region})" if region else known


def best(wanted: str, codes: Collection[str]) -> str:
    """Return the one of ``codes`` that serves who ``wanted`` a language, or empty.

    That language itself, else the same language without a region, else in another one's.
    """
    language, _dash, region = wanted.replace("_", "-").partition("-")
    exact = f"{language.lower()}-{region.upper()}" if region else language.lower()
    if exact in codes:
        return exact
    if language.lower() in codes:
        return language.lower()
    return min((c for c in codes if c.partition("-")[0] == language.lower()), default="")


def _(message: str) -> str:
    """Return ``message`` in the language in use, or as it stands."""
    catalogue = _chosen.get()[1]
    # To gettext an empty message is the catalogue's own heading.
    if catalogue is None or not message:
        return _noted(message, message)
    return _noted(catalogue.gettext(message), message)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the message for ``number`` in the language in use; the number is not yet in it."""
    catalogue = _chosen.get()[1]
    english = one if number == 1 else many
    if catalogue is None:
        return _noted(english, english)
    return _noted(catalogue.ngettext(one, many, number), english)


def pgettext(context: str, message: str) -> str:
    """Return ``message`` as it is said in this ``context``, such as ``verb``."""
    catalogue = _chosen.get()[1]
    return _noted(message if catalogue is None else catalogue.pgettext(context, message), message)


def N_(message: str) -> str:  # the name that gettext's tools look for
    """Return ``message`` as it stands: it is translated where it is shown."""
    return message


def _noted(said: str, english: str) -> str:
    note(ENGLISH if said == english else current(), said)
    return said


@cache
def _files(folder: Path) -> Mapping[str, Path]:
    found = sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return {path.parent.parent.name: path for path in found}


@cache
def _read(file: Path) -> GNUTranslations:
    with file.open("rb") as stream:
        return GNUTranslations(stream)
