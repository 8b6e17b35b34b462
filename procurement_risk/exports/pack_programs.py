"""Which programs the versions of the toolkit wrote into their packs, by digest.

Of its own version the toolkit knows the program itself; of those before, ``pack_programs.txt``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from procurement_risk.exports import verify
from procurement_risk.framework.shipped import SOFTWARE

FIRST = "procurement-risk 0.1.0"
"""The version that wrote packs of the first form."""

LIST = Path(__file__).with_name("pack_programs.txt")


def programs(software: str, form: int) -> frozenset[str]:
    """Return the SHA-256 of each program that ``software`` wrote into packs of a form.

    None of a version that is not known here, such as a later one.
    """
    if software == SOFTWARE:
        own = verify.sha256(Path(verify.__file__).read_bytes())
        return frozenset({own})
    return frozenset(each for name, of, each in _listed() if (name, of) == (software, form))


@cache
def _listed() -> tuple[tuple[str, int, str], ...]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    told = (line.split() for line in lines if line and not line.startswith("#"))
    return tuple((f"procurement-risk {name}", int(form), each) for name, form, each in told)
