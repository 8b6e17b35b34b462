"""The figures of the last run on each kind of machine, kept in ``benchmarks/results/``.

Only ratios are kept, which another machine changes less than seconds; and the machine by
what it has, not by its name. A part calls ``note``; the report ends in ``compared``.
"""

import json
import os
from datetime import date
from pathlib import Path

import psutil

from benchmarks.figures import percentile, ratio, table

FOLDER = Path(__file__).parent / "results"
WORTH_A_LOOK = 1.15  # more than this times the run before is marked

_noted = {}


def note(part, name, values):
    """Keep the ratio ``name`` of a part of the report, beside what earlier rounds had for it."""
    values = [values] if isinstance(values, int | float) else list(values)
    _noted.setdefault(part, {}).setdefault(name, []).extend(values)


def _spread():
    """Return the median, the least and the most of each ratio, by part and name."""
    return {
        part: {
            name: [round(one, 3) for one in (percentile(each, 50), min(each), max(each))]
            for name, each in found.items()
        }
        for part, found in _noted.items()
    }


def machine():
    """Return what the machine has: its cores and its memory."""
    info = Path("/proc/cpuinfo")
    kind = "virtual " if info.exists() and "hypervisor" in info.read_text() else ""
    return f"{os.cpu_count()} {kind}cores, {psutil.virtual_memory().total / 2**30:.0f} GB"


def compared():
    """Return what the run came to beside the one before, and keep it in its place."""
    noted = _spread()
    file = FOLDER / f"{machine().replace(',', '').replace(' ', '-')}.json"
    before = json.loads(file.read_text()) if file.exists() else {"day": "", "figures": {}}
    rows = [
        (f"{part}: {name}", *_row(before["figures"].get(part, {}).get(name), now))
        for part, found in noted.items()
        for name, now in found.items()
    ]
    figures = before["figures"] | {
        part: before["figures"].get(part, {}) | found for part, found in noted.items()
    }
    kept = {"machine": machine(), "day": date.today().isoformat(), "figures": figures}
    FOLDER.mkdir(exist_ok=True)
    file.write_text(json.dumps(kept, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
    said = f"The run before was on {before['day']}." if before["day"] else "No run before."
    return f"{said}\n\n" + table(("ratio", "before", "now (least to most)", ""), rows)


def _row(before, now):
    middle, least, most = now
    words = (
        ratio(middle) if least == most else f"{ratio(middle)} ({ratio(least)} to {ratio(most)})"
    )
    if before is None:
        return "", words, "new"
    mark = "slower" if middle > before[0] * WORTH_A_LOOK else ""
    mark = "quicker" if middle * WORTH_A_LOOK < before[0] else mark
    return ratio(before[0]), words, mark
