"""A name or a passage wherever it is written, and texts with something else in its place.

Found as people write it: capital letters aside, over any kind of space, hyphen and apostrophe,
with soft hyphens and other signs that do not show in between, composed or decomposed; in a link
or an address also with a dot, a dash or an underscore between its words.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procurement_risk.assessment.signed import unsalted
from procurement_risk.canonical import JSON
from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.storage.erasures import joined

SHORTEST = 3
LARGEST_FILE = 64_000_000

_UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*"
_SAME = ("['\u2019\u02bc\u2018`]", "[-\u2010-\u2015]")
_BETWEEN = r"(?:[\s._+-]|%20)+"

FIXED_KEYS = frozenset(
    {
        "id", "question", "assessment", "framework", "framework_digest", "version", "digest",
        "option", "options", "state", "status", "target", "ground", "kind", "decision",
        "recommendation", "lines", "files", "instead", "name_digest", "name_salt", "public_key",
        "signature", "stamp",
    }
)  # fmt: skip
"""Fields that hold an id or one of a few words: a text that looks like a name there is none."""


def _is_fixed(key: str, value: JSON) -> bool:
    """Whether a field holds one; a question or a marked field may bear such a name as well."""
    return key in FIXED_KEYS and not isinstance(value, dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """Finds one person or one passage, by any of its spellings."""

    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether it stands somewhere in ``text``."""
        return self.pattern.search(unicodedata.normalize("NFC", text)) is not None

    def may_be_in(self, cell: str) -> bool:
        """Whether ``texts`` may find it in the JSON of a column, or of several in a row.

        In canonical JSON a text stands as it is, but for what is behind a backslash.
        """
        return "\\" in cell or self.is_in(cell)

    def written_in(self, text: str) -> Iterator[str]:
        """Yield it as it is written in ``text``, each time."""
        yield from (found[0] for found in self.pattern.finditer(text))

    def replaced(self, text: str, instead: str) -> str:
        """Return ``text`` with ``instead`` in its place, and otherwise as it was."""
        normal = unicodedata.normalize("NFC", text)

        def put(found: re.Match[str]) -> str:
            apart = re.search(r"\s", found[0]) or not re.search(r"[._+-]|%20", found[0])
            return instead if apart else joined(instead)

        changed, count = self.pattern.subn(put, normal)
        return changed if count else text

    def texts(self, value: JSON, path: str = "") -> Iterator[tuple[str, str]]:
        """Yield the path and the text of each place in a JSON value where it stands."""
        if isinstance(value, str):
            if self.is_in(value):
                yield path, value
        elif isinstance(value, list):
            for number, each in enumerate(value):
                yield from self.texts(each, f"{path}[{number}]")
        elif isinstance(value, dict):
            for key, each in value.items():
                if not _is_fixed(key, each):
                    yield from self.texts(each, f"{path}.{key}" if path else key)

    def replaced_in(self, value: JSON, instead: str) -> JSON:
        """Return a JSON value with ``instead`` wherever ``texts`` finds it."""
        if isinstance(value, str):
            return self.replaced(value, instead)
        if isinstance(value, list):
            return [self.replaced_in(each, instead) for each in value]
        if isinstance(value, dict):
            changed = {
                key: each if _is_fixed(key, each) else self.replaced_in(each, instead)
                for key, each in value.items()
            }
            return unsalted(value, changed)
        return value

    def is_in_file(self, content: bytes) -> bool:
        """Whether it stands in a file, or in a file within it where it is a ZIP."""
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return self.is_in(content.decode(errors="replace"))
        left = LARGEST_FILE
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for info in packed.infolist():
                    with packed.open(info) as file:
                        text = file.read(left).decode(errors="replace")
                    left -= len(text)
                    plain = re.sub("<[^>]*>", "", text)
                    if any(map(self.is_in, (info.filename, text, plain))):
                        return True
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
            return self.is_in(content.decode(errors="replace"))
        return False


def person(spellings: Sequence[str]) -> Mention:
    """Return what finds a person by these spellings of the name, as whole words.

    Raises:
        UsageError: If there is none, or one is so short that it would be found everywhere.
    """
    return _mention(spellings, r"(?<![^\W_])", r"(?![^\W_])")


def passage(text: str) -> Mention:
    """Return what finds a passage. Raises UsageError where it is too short."""
    return _mention([text], "", "")


def _mention(spellings: Sequence[str], before: str, after: str) -> Mention:
    wanted = [unicodedata.normalize("NFC", each).split() for each in spellings if each.strip()]
    if not wanted or any(len("".join(words)) < SHORTEST for words in wanted):
        message = _("Write at least {n} letters: less than that is found everywhere.")
        raise UsageError(message.format(n=SHORTEST))
    wanted.sort(key=lambda words: -len("".join(words)))
    parts = [f"{_UNSEEN}{_BETWEEN}{_UNSEEN}".join(map(_word, words)) for words in wanted]
    return Mention(re.compile(f"{before}(?:{'|'.join(parts)}){after}", re.IGNORECASE))


def _word(word: str) -> str:
    return _UNSEEN.join(
        next((same for same in _SAME if re.fullmatch(same, sign)), re.escape(sign))
        for sign in word
    )
