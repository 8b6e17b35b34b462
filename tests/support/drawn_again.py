"""Parts that would be repeated are drawn all the same, and what came of that is compared."""

from dataclasses import replace

from streamlit.runtime.scriptrunner import get_script_run_ctx

from procurement_risk.views.shared import as_before

_draw = as_before.draw
NEVER = object()  # what no part says


class Watch:
    """Draws every part anew, and finds what would have been repeated wrongly.

    Attributes:
        wrong: What would have been repeated and was drawn otherwise.
        right: How many parts were drawn as they would have been repeated.
    """

    really = staticmethod(_draw)

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.right = 0

    def draw(self, box, inside, says, before):
        """Draw a part as ``as_before.draw`` does, but never repeat it, nor the parts within it."""
        likely = before is not None and before.says == says()
        likely = likely and before.rests(get_script_run_ctx())
        drawn = _draw(box, inside, says, before and replace(before, says=NEVER))
        if likely and drawn is None:
            self.wrong.append(f"{sorted(before.keys)}: now nothing that may be repeated")
        elif likely and (there := as_before._there(before, drawn.place, box)) is not None:
            self.wrong += _differences(there, drawn)
            self.right += 1
        return drawn


def _differences(before, drawn):
    for was, now in zip(_all_of(before), _all_of(drawn), strict=False):
        if was != now:
            yield f"{was}\nis by now\n{now}"
    if len(_all_of(before)) != len(_all_of(drawn)):
        yield f"{sorted(before.keys)} is more or less than it was"


def _all_of(part):
    widgets = [
        (
            each.key,
            each.held,
            each.metadata.value_type,
            each.metadata.callback,
            each.metadata.callback_args,
            each.metadata.callback_kwargs,
            each.metadata.disabled,
        )
        for each in sorted(part.widgets, key=lambda each: each.key)
    ]
    return [*part.messages, *widgets, *sorted(part.ids), *sorted(part.keys), part.steps]
