"""Every framework this machine knows: those in files, and versions that assessments rest on.

What only came in with records is not known: ``foreign`` has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from procurement_risk.framework import Framework
from procurement_risk.framework.files import FrameworkFile
from procurement_risk.framework.own_folder import kept_text
from procurement_risk.framework.words import version_words
from procurement_risk.language import _
from procurement_risk.views.shared import session


@dataclass(frozen=True, slots=True)
class Known:
    """One framework at one version.

    Attributes:
        name: Its id and version, and a number where two differ under the same; for addresses.
        framework: The framework, in its first language.
        text: Its file, or empty where it is only known from assessments.
        is_current: Whether it stands in a folder of frameworks, rather than an earlier version.
        is_alike: Whether another reads the same, so that the name has to stand beside it.
    """

    name: str
    framework: Framework
    text: bytes
    is_current: bool
    is_alike: bool = False

    @property
    def title(self) -> str:
        """Its title and version, and where it comes from if not from a file."""
        words = version_words(session.spoken(self.framework))
        if self.is_alike:
            words = f"{words} · {self.name}"
        if self.is_current:
            return words
        if self.text:
            return _("{framework} (no longer in use)").format(framework=words)
        return _("{framework} (kept with assessments)").format(framework=words)


def known_frameworks(files: Sequence[FrameworkFile]) -> list[Known]:
    """Return those in ``files``, then the other versions that were put in use or answered on."""
    found = [(f.framework, f.text, True) for f in files if f.framework is not None]
    documents = [framework.document for framework, *_more in found]
    for framework in session.store().known_frameworks():
        if framework.document not in documents:
            found.append((framework, kept_text(framework), False))
    return _named(found)


def _named(found: Sequence[tuple[Framework, bytes, bool]]) -> list[Known]:
    known: dict[str, Known] = {}
    for framework, text, is_current in found:
        name = base = f"{framework.id}@{framework.version}"
        number = 1
        while name in known:
            number += 1
            name = f"{base}({number})"
        known[name] = Known(name, framework, text, is_current)
    titles = Counter(each.title for each in known.values())
    return [replace(each, is_alike=titles[each.title] > 1) for each in known.values()]
