"""Every part of an assessment reads as words in a line of history, and no shape breaks a page."""

from copy import deepcopy

import pytest

from procurement_risk.assessment.parts import ENTRIES, PARTS
from procurement_risk.framework.document import framework_from_document
from procurement_risk.storage import history_words
from procurement_risk.storage.history import HEADER, HistoryEntry
from procurement_risk.storage.history_then import under_each
from procurement_risk.storage.history_values import in_words_of
from tests.support.answer_sets import CORE
from tests.support.framework_documents import SMALL

DAY = "2027-03-03"
VALUES = {
    "purchase": ({"title": "Letters", "buyer": "Borough"}, "Letters, Borough"),
    "supplier": ({"name": "Example AI"}, "Example AI"),
    "upstreams": ([{"kind": "model", "name": "Sirius"}], "Model Sirius"),
    "pack": (CORE.packs[0].id, CORE.packs[0].title),
    "gate": ("award", "award"),
    "as_of": (DAY, "3 March 2027"),
    "state": ("live", "In life"),
    "decision": (
        {"decision": "proceed", "by": "Chief", "at": DAY, "reason": "Winter"},
        "Proceed, by Chief, 3 March 2027; reason: Winter",
    ),
    "sign_offs": (
        [{"by": "Ida", "post": "Chief", "at": "2026-11-24T09:00:00.000Z"}],
        "signed off by Ida, Chief, 24 November 2026",
    ),
    "overrides": (
        [{"question": "SR-06", "until": DAY, "by": "Chief", "at": DAY, "reason": "Winter"}],
        "SR-06 until 3 March 2027, by Chief: Winter",
    ),
    "triggers": ([{"what": "trigger.pilot", "at": DAY}], "End of pilot, 3 March 2027"),
    "replaces": ("an-id-of-ours", "a look before this one"),
    "organisation": (
        {"recommendation": "proceed", "as_of": DAY},
        "Proceed, as of 3 March 2027",
    ),
    "markings": ({"answers.DP-02.note": {"ground": "commercial"}}, "1 field marked"),
    "benefits": ([{"measure": "Minutes a case", "promised": "30"}], "Minutes a case: promised 30"),
    "known_risks": ({"SR-06": {"why": "It is so"}}, "1 known risk"),
    "owner": ("Ana", "Ana"),
    "mitigation:SR-06": (
        {"question": "SR-06", "status": "agreed", "target": "a", "owner": "Ana", "due": DAY},
        "Agreed, owner Ana, due 3 March 2027",
    ),
    "answer:SR-06": (
        {"option": CORE.by_id["SR-06"].options[0].id},
        CORE.by_id["SR-06"].options[0].label,
    ),
    "carried:SR-06": (
        {"assessment": "an-id", "as_of": DAY, "answer": {"state": "unknown"}},
        "We don't know yet, from 3 March 2027, not confirmed",
    ),
    "handover:SR": ({"owner": "Ben", "by": "Ana", "at": DAY, "due": DAY}, "with Ben, due"),
    f"file:{'0' * 64}": (
        {"name": "report.pdf", "size": 1, "grade": "E3", "by": "Ana", "at": DAY, "date": DAY},
        "report.pdf, E3, from 3 March 2027",
    ),
    "review:DP": (
        {"verdict": "returned", "by": "Ida", "note": "Which contract?"},
        "returned by Ida: Which contract?",
    ),
    "comments:SR-06": ([{"text": "Sure?", "by": "Ben", "at": DAY}], "1 comment, Ben: Sure?"),
}


def entry(part, before, after, **more):
    texts = dict.fromkeys(("reason", "body_digest", "previous", "hash"), "")
    fields = {"seq": 1, "by": "Ana", "at": DAY, "salt": "s", **texts, **more}
    return HistoryEntry(part=part, before=before, after=after, **fields)


def test_every_part_is_worded():
    begins = {name.partition(":")[0] + ":" for name in VALUES if ":" in name}
    assert set(PARTS) <= set(VALUES)
    assert {"answer:", "mitigation:", *ENTRIES} == begins


@pytest.mark.parametrize("part", VALUES)
def test_a_value_reads_as_words(part):
    value, words = VALUES[part]
    assert in_words_of(CORE, part, value).startswith(words)


@pytest.mark.parametrize("part", VALUES)
def test_a_value_of_another_shape_is_called_written(part):
    for value in ({"x": 1}, [7], 3):
        assert in_words_of(CORE, part, value)


def test_what_changed_beside_the_value_is_named():
    first = {"option": CORE.by_id["SR-06"].options[0].id, "evidence": "E1"}
    said = history_words.words(CORE, entry("answer:SR-06", first, {**first, "evidence": "E3"}))
    assert said == "SR-06: evidence: E1 → E3"


def test_money_of_the_purchase_reads_as_money_and_unknown_is_not_nothing_pounds():
    before = {"title": "Letters", "buyer": "Borough"}
    after = {**before, "committed_value": 85_000}
    said = history_words.words(CORE, entry("purchase", before, after))
    assert said == "the purchase: committed value: nothing → £85,000"


def test_lines_about_the_whole_and_about_an_import_are_readable():
    header = {"archived": False, "framework_digest": "d"}
    held = {**header, "hold": {"by": "Ana"}}
    said = [
        history_words.words(CORE, entry(HEADER, *change))
        for change in ((None, header), (header, header), (header, held), (held, header))
    ]
    assert said == [
        "The assessment was made",
        "Moved here from another place, with its history",
        "Put under a legal hold",
        "Legal hold lifted",
    ]
    brought = entry(HEADER, None, header, reason=f"Imported from record {'a' * 64}")
    assert history_words.reason(brought) == "Brought in from a record, digest aaaaaaaaaaaa…"


def lettered():
    """A questionnaire, and the next version, in which b means what c meant."""
    old = deepcopy(SMALL)
    new = deepcopy(SMALL)
    labels = [each["label"] for each in old["sections"][1]["questions"][0]["options"]]
    for option, label in zip(
        new["sections"][1]["questions"][0]["options"], reversed(labels), strict=True
    ):
        option["label"] = label
    return framework_from_document(old), framework_from_document(new)


def test_a_line_is_read_with_the_questionnaire_that_it_was_written_under():
    old, new = lettered()
    name = old.sections[1].questions[0].id
    first, *_rest, last = old.by_id[name].options
    a, z = {"option": first.id}, {"option": last.id}
    moved = {"framework_digest": "old"}, {"framework_digest": "new"}
    lines = [
        entry(HEADER, None, moved[0], seq=1),
        entry(f"answer:{name}", None, a, seq=2),
        entry(HEADER, *moved, seq=3, reason="Moved", at="2026-11-24"),
        entry(f"answer:{name}", a, z, seq=4, reason="Moved", at="2026-11-24"),
        entry(f"answer:{name}", z, None, seq=5, at="2026-11-25"),
    ]

    under = under_each(lines, new, {"old": old}.get)
    said = [history_words.words_under(each, under, new) for each in lines]

    assert said[1] == f"{name}: nothing → {first.label}"
    assert said[2] == "Moved to another version of its questionnaire"
    assert said[3] == f"{name}: {first.label}, as before"
    assert said[4] == f"{name}: {first.label} → nothing"
    unknown = under_each(lines, new, lambda _digest: None)
    assert history_words.words_under(lines[1], unknown, new) == f"{name}: nothing → {last.label}"
