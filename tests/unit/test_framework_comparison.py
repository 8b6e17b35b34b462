"""Comparing two versions of a framework: one small change each, and exactly that is found."""

from copy import deepcopy
from functools import cache

import pytest

from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.versions.change import KINDS
from procurement_risk.framework.versions.compare import (
    change_line,
    compare,
    counts_line,
    next_version,
    refuse_unchanged_version,
)
from tests.support.framework_changes import ADJUSTMENTS, ONE_BY_ONE, base_of, change, put, q
from tests.support.framework_documents import IMPACT, SMALL, at, changed, kinds, without
from tests.support.places import ROOT, TESTS

FRAMEWORKS = TESTS / "frameworks"


def framework(document):
    assert check_framework(document) == []
    return framework_from_document(document)


def found(old, new):
    return list(compare(framework_from_document(old), framework(new)).changes)


@pytest.mark.parametrize(("document", "expected"), ONE_BY_ONE)
def test_a_small_change_is_found_and_nothing_else(document, expected):
    assert found(base_of(document), document) == expected


def test_every_kind_of_change_is_shown():
    assert {each.kind for _, expected in ONE_BY_ONE for each in expected} == set(KINDS)


@pytest.mark.parametrize("document", [SMALL, IMPACT], ids=["small", "small-impact"])
def test_a_framework_does_not_differ_from_itself(document):
    comparison = compare(framework(document), framework(deepcopy(document)))

    assert comparison.groups == ()
    assert comparison.summary == {}
    assert not comparison.same_version_changed


@pytest.mark.parametrize("document", [
    put(SMALL, (q("CX-1", "type"), "single")),
    put(SMALL, (q("CX-2", "core"), False)),
    put(SMALL, (q("DP-1", "ask"), {"en": at(SMALL, q("DP-1", "ask"))})),
    put(SMALL, (q("DP-2", "when"), {"all": [{"any": [at(SMALL, q("DP-2", "when"))]}]})),
    put(SMALL, (q("TR-2", "when", "any"), at(SMALL, q("TR-2", "when", "any"))[::-1])),
    put(SMALL, ((*ADJUSTMENTS,), at(SMALL, ADJUSTMENTS)[::-1])),
    put(SMALL, (("policy", "tier_rule", "base"), SMALL["policy"]["tier_rule"]["base"][::-1])),
    put(SMALL, (("subject",), "purchase")),
    put(SMALL, (("packs", 0, "questions"), ["DP-1", "CX-1", "CX-2"])),
])  # fmt: skip
def test_another_way_of_writing_the_same_is_no_change(document):
    comparison = compare(framework(SMALL), framework(document))

    assert comparison.changes == ()
    assert comparison.same_version_changed


def test_a_condition_that_moves_from_its_questions_to_their_section_is_no_change():
    condition = {"question": "hosted", "in": ["yes"]}
    each = put(SMALL, (q("DP-1", "when"), condition))
    whole = put(SMALL, (q("DP-2", "when"), None), (("sections", 1, "when"), condition))

    assert found(each, whole) == []


NEVER_CHANGED = {"id", "schema_version", "version", "question", "tier", "level"}
DEFAULTS = {
    "type": "single", "core": False, "legal_duty": False, "subject": "purchase",
    "answered_by": "buyer", "first_gate": "G0", "procurement_use": "internal",
}  # fmt: skip


@cache
def variants(name):
    """Valid documents that lack one thing of a small framework, or have one value changed.

    One place of each kind is tried, with what comes of it.
    """
    base = {"small": SMALL, "small-impact": IMPACT}[name]
    old = framework_from_document(base)
    made = []
    for path in kinds(base):
        if not path or path[-1] in NEVER_CHANGED:
            continue
        value = at(base, path)
        candidates = [without(path, base)]
        if isinstance(value, str):
            candidates.append(changed(path, f"{value} zz", base))
        elif isinstance(value, int) and not isinstance(value, bool):
            candidates += [changed(path, value + 1, base), changed(path, value - 1, base)]
        for document in candidates:
            if not check_framework(document):
                new = framework_from_document(document)
                made.append((path, value, compare(old, new), compare(new, old)))
    return made


@pytest.mark.parametrize("name", ["small", "small-impact"])
def test_nothing_that_can_be_left_out_or_changed_is_overlooked(name):
    """Every key of the format stands in the two files, so none can be added and forgotten."""
    overlooked = [
        path
        for path, value, comparison, _ in variants(name)
        if not comparison.changes and value != DEFAULTS.get(path[-1])
    ]

    assert overlooked == []
    assert len(variants(name)) > 60


@pytest.mark.parametrize("name", ["small", "small-impact"])
def test_the_way_back_shows_the_same_values_the_other_way_round(name):
    for path, _, there, back in variants(name):
        forward = {(c.question, c.before, c.after, c.option) for c in there.changes}
        assert forward == {(c.question, c.after, c.before, c.option) for c in back.changes}, path


def test_changes_stand_in_reading_order_grouped_by_what_they_are_about():
    new = put(
        SMALL,
        (("policy", "flag_band"), "moderate"),
        (q("TR-2", "weight"), 5),
        (q("DP-1", "ask"), "Other?"),
        (q("DP-1", "weight"), 4),
        (("sections", 2, "title"), "Openness"),
        (("title",), "Other"),
        (("facts", 0, "why"), "Other"),
    )

    comparison = compare(framework(SMALL), framework(new))

    assert [(g.subject, g.question, len(g.changes)) for g in comparison.groups] == [
        ("framework", "", 1),
        ("public_facing", "public_facing", 1),
        ("DP-1", "DP-1", 2),
        ("section TR", "", 1),
        ("TR-2", "TR-2", 1),
        ("policy", "", 1),
    ]
    assert comparison.summary == {
        "reworded": 2, "reweighted": 2, "section": 1, "policy": 1, "method": 1,
    }  # fmt: skip
    assert counts_line(comparison) == (
        "7 changes: 2 reworded, 2 reweighted, 1 section changed, 1 policy changed, "
        "1 framework changed. 3 could move a result."
    )
    assert comparison.affects_result


def test_a_removed_question_stands_where_it_was():
    new = put(SMALL, (q("VO-1", "ask"), "A?"), (q("VO-3", "ask"), "C?"), (q("VO-2"), None))

    names = [each.question for each in found(SMALL, changed(("sections", 3), {
        **SMALL["sections"][3], "questions": new["sections"][3]["questions"]}))]  # fmt: skip

    assert names == ["VO-1", "VO-2", "VO-3"]


def test_another_method_is_one_change_and_its_policy_is_not_taken_apart():
    kinds = {c.where: c for c in found(SMALL, IMPACT) if c.kind in ("method", "policy")}

    assert kinds["framework: method"] == change(
        "method", "framework: method", "", "weakest-section", "impact-mitigation", affects=True
    )
    assert not any(where.startswith("policy") for where in kinds)


def test_two_frameworks_can_be_compared_and_it_is_said():
    comparison = compare(framework(SMALL), framework(IMPACT))

    assert not comparison.is_same_framework
    assert not comparison.same_version_changed


def test_a_new_version_may_change_and_the_same_version_may_not():
    again = put(SMALL, (q("DP-2", "weight"), 5))
    newer = put(again, (("version",), "2026.2"))

    assert compare(framework(SMALL), framework(again)).same_version_changed
    assert not compare(framework(SMALL), framework(newer)).same_version_changed
    assert compare(framework(SMALL), framework(newer)).version_is_new


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (q("DP-2", "weight"), 5, "DP-2 reweighted: 3 -> 5"),
        (q("DP-2", "when"), None, "DP-2 reconditioned: asked if hosted is yes -> always asked"),
        (q("DP-2", "ask"), "Who?", 'DP-2 reworded (ask): "Where are the data held?" -> "Who?"'),
        (q("DP-1", "help"), "Look.", 'DP-1 reworded (help): added "Look."'),
        (q("VO-2"), None, 'VO-2 removed: "What does it cost a year?"'),
        (q("CX-1", "options", 0), None,
         "CX-1 options changed (option a): removed Nothing (risk 0)"),
        (("policy", "flag_band"), "low", "policy: band of a stop or flag: high -> low"),
        (q("VO-1", "ask"), "a " * 500,
         f'VO-1 reworded (ask): "What would you do without it?" -> "{"a " * 38}a…"'),
    ],
)  # fmt: skip
def test_a_change_reads_as_one_line(path, value, line):
    (found_change,) = found(SMALL, put(SMALL, (path, value)))

    assert change_line(found_change) == line


def test_texts_are_given_whole():
    (found_change,) = found(SMALL, put(SMALL, (q("VO-1", "ask"), "a " * 2000)))

    assert found_change.after == "a " * 2000


# --- Versions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "taken", "following"),
    [
        ("2026.1", (), "2026.2"),
        ("1.0.1", (), "1.0.2"),
        ("1", (), "2"),
        ("1.09", (), "1.10"),
        ("9", (), "10"),
        ("draft", (), "draft-2"),
        ("v1.2", (), "v1.2-2"),
        ("2026.1", ("2026.2", "2026.3", "2026.5"), "2026.4"),
        ("draft", ("draft-2",), "draft-3"),
        ("9" * 1000, (), f"{'9' * 1000}-2"),
    ],
)
def test_the_next_version_is_sensible_and_free(version, taken, following):
    assert next_version(version, taken) == following


def test_a_changed_framework_under_a_known_version_is_refused_with_what_to_do():
    new = put(SMALL, (q("DP-2", "weight"), 5), (q("DP-1", "ask"), "Is it?"),
              (q("DP-1", "why"), "So."))  # fmt: skip
    known = [framework(IMPACT), framework(SMALL), framework(put(SMALL, (("version",), "2026.2")))]

    assert refuse_unchanged_version(framework(new), known) == (
        "small 2026.1 is already in use with another content: it has 3 changes: 2 reworded, "
        "1 reweighted. 1 could move a result. First: DP-1 reworded (ask): "
        '"Is what readers type kept out of training?" -> "Is it?"; '
        'DP-1 reworded (why): "People ask libraries private things." -> "So.". '
        'Write a new version, such as "2026.3".'
    )


def test_a_framework_that_is_only_written_differently_is_refused_too():
    """A record holds the document, so that the two would be told apart."""
    said = refuse_unchanged_version(
        framework(put(SMALL, (q("CX-1", "type"), "single"))), [framework(SMALL)]
    )

    assert "differs only in how the file is written" in said
    assert 'such as "2026.2"' in said


@pytest.mark.parametrize("new", [
    deepcopy(SMALL),
    put(SMALL, (("version",), "2026.2"), (q("DP-2", "weight"), 5)),
    put(SMALL, (("id",), "other"), (q("DP-2", "weight"), 5)),
])  # fmt: skip
def test_what_clashes_with_nothing_is_not_refused(new):
    assert refuse_unchanged_version(framework(new), [framework(SMALL)]) == ""


def test_the_shipped_framework_does_not_differ_from_itself():
    path = ROOT / "frameworks" / "ai-supplier-core.yaml"

    assert compare(load_framework(path), load_framework(path)).changes == ()
