"""A supplier's name made comparable: two spellings of one name have one normal form.

What makes no difference: capitals, how letters are encoded (composed, decomposed, full-width),
spaces of any kind and signs that do not show, most punctuation, *and* for *&*, a leading *the*,
and how a legal form is written. What does: every other word, the legal form itself, accents, and
signs that tell names apart, such as ``C++`` and ``C#``.

Sources:
    The legal forms are those of the Companies Act 2006, in English and Welsh, and the usual ones
    abroad. Capitals, punctuation, *and* and *the* follow the rules on names that are the same: The
    Company, Limited Liability Partnership and Business (Names and Trading Disclosures)
    Regulations 2015, schedule 3. Unlike those, *Ltd* and *plc* are kept apart here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

MOST_REMEMBERED = 20_000

# How each legal form may be written, in words as ``_words`` gives them; the first is its own.
_FORMS = (
    ("ltd", "limited", "cyf", "cyfyngedig"),
    ("plc", "public limited company", "ccc", "cwmni cyfyngedig cyhoeddus"),
    ("llp", "limited liability partnership", "pac", "partneriaeth atebolrwydd cyfyngedig"),
    ("lp", "limited partnership"),
    ("cic", "community interest company", "cbc", "cwmni buddiant cymunedol"),
    ("cio", "charitable incorporated organisation"),
    ("co", "company"),
    ("inc", "incorporated"),
    ("corp", "corporation"),
    ("llc", "limited liability company"),
    ("pty ltd", "pty limited", "proprietary limited"),
    ("pte ltd", "pte limited"),
    ("pvt ltd", "pvt limited", "private limited"),
    ("dac", "designated activity company"),
    ("gmbh", "gesellschaft mit beschränkter haftung"),
    ("ug", "unternehmergesellschaft"),
    ("ag", "aktiengesellschaft"),
    ("sa", "société anonyme"),
    ("sas", "société par actions simplifiée"),
    ("sarl", "sàrl", "sà rl", "société à responsabilité limitée"),
    ("bv", "besloten vennootschap"),
    ("nv", "naamloze vennootschap"),
    ("ab", "aktiebolag"),
    ("as", "a/s", "aktieselskab", "aksjeselskap"),
    ("aps", "anpartsselskab"),
    ("oy", "osakeyhtiö"),
    ("spa", "società per azioni"),
    ("srl", "società a responsabilità limitata"),
    ("se", "societas europaea"),
)
_WRITTEN = {tuple(each.split()): form[0].split() for form in _FORMS for each in form}
_LONGEST = max(map(len, _WRITTEN))

_INITIALS = re.compile(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)|(?<!\w)\w(?:\.\w)+(?!\w)")
# Apostrophes of every kind; then spaces, punctuation, quotation marks, brackets and dashes.
_DROPPED = re.compile("['\u2018\u2019\u201b\u02bc\u0060\u00b4]")
_SPACES = re.compile(r"[\s.,;:!?\"()\[\]{}\u201c-\u201f\u00ab\u00bb\u2010-\u2015\-\u00b7\u2022]+")


@lru_cache(maxsize=MOST_REMEMBERED)
def normal_name(name: str) -> str:
    """Return the form that all spellings of ``name`` share; never empty for a name."""
    words = _words(name)
    if not words:  # nothing but punctuation: as it stands
        return " ".join(_shown(name).split())
    rest, form = _parted(words)
    if rest[:1] == ["the"] and len(rest) > 1:
        rest = rest[1:]
    return " ".join([*rest, *form])


@lru_cache(maxsize=MOST_REMEMBERED)
def core_name(name: str) -> str:
    """Return what is left of the normal form without its legal form and accents."""
    words, _form = _parted(normal_name(name).split())
    decomposed = unicodedata.normalize("NFD", " ".join(words))
    return unicodedata.normalize(
        "NFC", "".join(each for each in decomposed if not unicodedata.combining(each))
    )


def is_same_name(one: str, other: str) -> bool:
    """Whether both are spellings of one name; an empty one is no name."""
    return bool(one.strip()) and normal_name(one) == normal_name(other)


def _shown(name: str) -> str:
    """Return ``name`` in small letters, composed, without signs that do not show."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(each for each in text if unicodedata.category(each) != "Cf")


def _words(name: str) -> list[str]:
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), _shown(name))
    text = _DROPPED.sub("", text).replace("&", " and ")
    return _SPACES.sub(" ", text).split()


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the words before the legal forms at the end, at least one, and those in short."""
    form: list[str] = []
    while found := next(_endings(words), 0):
        form = [*_WRITTEN[tuple(words[-found:])], *form]
        words = words[:-found]
    return words, form


def _endings(words: list[str]) -> Iterator[int]:
    """Yield how many words at the end are a legal form, the most first."""
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        if tuple(words[-count:]) in _WRITTEN:
            yield count
