"""Every framework this machine knows: those in files, and versions that assessments rest on.

What only came in with records is not known: ``foreign`` has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from procurement_risk.framework import Framework
from procurement_risk.framework.files import FrameworkFile
from procurement_risk.language import _
from procurement_risk.views.shared import heading, session


@dataclass(frozen=True, slots=True)
class Known:
    """One framework at one version.

    Attributes:
        name: Its id and version, and a number where two differ under the same; for addresses.
        framework: The framework, in its first language.
        text: Its file, or empty where it is only known from assessments.
        is_alike: Whether another reads the same, so that the name has to stand beside it.
    """

    name: str
    framework: Framework
    text: bytes
    is_alike: bool = False

    @property
    def title(self) -> str:
        """Its title and version, and where it comes from if not from a file."""
        words = heading.version_words(session.spoken(self.framework))
        if self.is_alike:
            words = f"{words} · {self.name}"
        if self.text:
            return words
        return _("{framework} (kept with assessments)").format(framework=words)


def known_frameworks(files: Sequence[FrameworkFile]) -> list[Known]:
    """Return those in ``files``, then the other versions that assessments were answered on."""
    found = [(f.framework, f.text) for f in files if f.framework is not None]
    documents = [framework.document for framework, _text in found]
    for framework in session.store().known_frameworks():
        if framework.document not in documents:
            found.append((framework, b""))
    return _named(found)


def _named(found: Sequence[tuple[Framework, bytes]]) -> list[Known]:
    known: dict[str, Known] = {}
    for framework, text in found:
        name = base = f"{framework.id}@{framework.version}"
        number = 1
        while name in known:
            number += 1
            name = f"{base}({number})"
        known[name] = Known(name, framework, text)
    titles = Counter(each.title for each in known.values())
    return [replace(each, is_alike=titles[each.title] > 1) for each in known.values()]
