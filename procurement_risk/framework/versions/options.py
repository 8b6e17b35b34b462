"""What changed in the options of a question, and what each of them counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from procurement_risk.framework import Option, Question
from procurement_risk.framework.versions.change import Change, merged
from procurement_risk.framework.versions.fields import (
    Pair,
    Part,
    Row,
    as_answered,
    changes_by,
    inside,
    text_of,
    value,
)
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import shorten

LONGEST_LABEL = 60

LABEL: tuple[Row, ...] = (
    text_of(N_("option {option}"), lambda part: part.raw["label"], kind="reworded"),
    value(N_("earlier ids of option {option}"), lambda part: ", ".join(part.noun.was)),
)

POINTS: tuple[Row, ...] = (
    value(N_("risk of option {option}"), lambda part: part.noun.risk, moves=as_answered),
    value(N_("points of option {option}"), lambda part: part.noun.points, moves=as_answered),
)

_options = inside("options")


def label_changes(pair: Pair) -> Iterator[Change]:
    """Yield what is worded otherwise in the options that both versions have."""
    old, new = _options(pair.old), _options(pair.new)
    for name in new:
        if name in old:
            inside = replace(pair, old=old[name], new=new[name], option=name)
            yield from changes_by(LABEL, inside)


def point_changes(pair: Pair) -> Iterator[Change]:
    """Yield the options that came, went or count otherwise."""
    old, new = _options(pair.old), _options(pair.new)
    pair = replace(pair, kind="options")
    for name in merged(old, list(new)):
        inside = replace(pair, option=name)
        if name in old and name in new:
            yield from changes_by(POINTS, replace(inside, old=old[name], new=new[name]))
        else:
            before = _option_words(pair.old.noun, old[name]) if name in old else ""
            after = _option_words(pair.new.noun, new[name]) if name in new else ""
            where = _("option {option}").format(option=name)
            yield inside.change(where, before, after, moves=as_answered)


def swapped_labels(pair: Pair) -> Iterator[Change]:
    """Yield the labels that now stand for another option, and so count as that one does.

    By their ids, two options that swapped their labels are both merely reworded; but the words
    that somebody chose have come to count differently.
    """
    old, new = (_by_label(part.noun) for part in (pair.old, pair.new))
    for label in new:
        if label in old and old[label].id != new[label].id:
            ends = (
                _counts_as(part.noun, each[label])
                for part, each in ((pair.old, old), (pair.new, new))
            )
            where = _("what “{label}” counts as").format(label=shorten(label, LONGEST_LABEL))
            inside = replace(pair, kind="options", option=new[label].id)
            yield inside.change(where, *ends, moves=as_answered)


def _by_label(question: Question) -> dict[str, Option]:
    """Return the options by their labels, without those that share one."""
    counts = Counter(option.label for option in question.options)
    return {each.label: each for each in question.options if counts[each.label] == 1}


def _counts_as(question: Question, option: Option) -> str:
    if question.weight:
        return _("option {option}, risk {risk}").format(option=option.id, risk=option.risk)
    if not question.scores:
        return _("option {option}").format(option=option.id)
    words = ngettext("option {option}, {n} point", "option {option}, {n} points", option.points)
    return words.format(option=option.id, n=grouped(option.points))


def _option_words(question: Question, part: Part) -> str:
    option = part.noun
    if question.weight:
        return _("{option} (risk {risk})").format(option=option.label, risk=option.risk)
    if not question.scores:
        return str(option.label)
    words = ngettext("{option} ({n} point)", "{option} ({n} points)", option.points)
    return words.format(option=option.label, n=grouped(option.points))
