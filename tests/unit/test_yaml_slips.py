"""A slip of the hand is named in its own line, with what to type, and hides nothing behind it."""

import io
import time
import zipfile

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.framework.files import (
    FURTHER_FOLDERS,
    check_text,
    left_out,
    list_files,
    read_file,
)
from procurement_risk.framework.shipped import FRAMEWORKS
from procurement_risk.framework.starter import starter
from procurement_risk.framework.yaml_document_slips import MOST, ends_document
from procurement_risk.framework.yaml_found_slips import Slips
from procurement_risk.framework.yaml_slips import slips_in
from tests.support.places import TESTS

TEXT = (TESTS / "frameworks" / "small.yaml").read_text("utf-8")

SLIPS = {
    "tab": ("        why: A tool that", "\twhy: A tool that", "A tab is used as an indent"),
    "no-break space in the indent": (
        "        why: A tool that",
        "    \u00a0\u00a0  why: A tool that",
        "A no-break space stands here",
    ),
    "no-break space behind a colon": ("from: 3\n", "from:\u00a03\n", "A no-break space"),
    "slashes": ("    options: [{id:", "    // yes or no\n    options: [{id:", "begins with #"),
    "bullet": ("      - id: CX-2", "      • id: CX-2", "begins with a hyphen"),
    "dash of a word processor": ("      - id: CX-2", "      \u2013 id: CX-2", "with a hyphen"),
    "star": ("          - {id: b, risk: 3", "          * {id: b, risk: 3", "with a hyphen"),
    "full-width colon": ("      from: 3", "      from\uff1a 3", "a full-width one"),
    "no space": (
        "        weight: 5\n        core",
        "        weight:5\n        core",
        "A space is",
    ),
    "no space in braces": ("{id: b, risk: 3,", "{id: b, risk:3,", 'write "risk: " before'),
    "comma in braces": ("label: Some things}", "label: Some, not all}", "needs quotes between"),
    "colon in braces": ("label: Some things}", "label: Some: not all}", '"Some: not all"'),
    "hash in braces": ("label: Some things}", "label: Some #1 things}", "needs quotes between"),
    "dash of a braced option": (
        "          - {id: c, risk: 4, label: Everything}",
        "            {id: c, risk: 4, label: Everything}",
        "write - before it",
    ),
    "dash of a question": ("      - id: CX-2", "        id: CX-2", "write - before it"),
    "dash of a question, indented as one": (
        "      - id: CX-2",
        "      id: CX-2",
        "write - before",
    ),
    "dash of a first question": ("      - id: DP-1", "        id: DP-1", "write - before it"),
    "quote": ("ask: What does it decide?", 'ask: "What does it decide?', "never closed"),
    "single quote": ("ask: What does it decide?", "ask: 'What does it decide?", "never closed"),
    "quote in braces": ("label: Some things}", 'label: "Some things}', "never closed"),
    "hyphen without a space": ("- {id: b, risk: 3", "-{id: b, risk: 3", "after the hyphen"),
    "hyphen of a question": ("      - id: CX-2", "      -id: CX-2", "after the hyphen"),
    "dash of the first option": (
        "          - {id: a, risk: 0, label: Not bad}",
        "          {id: a, risk: 0, label: Not bad}",
        "write - before it",
    ),
    "brace": ("label: Not bad}", "label: Not bad", "The { opened here"),
    "bracket": ("packs: [full]\n", "packs: [full\n", "The [ opened here"),
    "one brace too many": ("label: Not bad}", "label: Not bad}}", "one } too many"),
    "equals sign": (
        "        weight: 5\n        options",
        "        weight = 5\n        options",
        "not =",
    ),
    "no colon": (
        "        weight: 5\n        options",
        "        weight 5\n        options",
        'after "weight"',
    ),
    "slashes behind a number": (
        "        weight: 5\n        options",
        "        weight: 5 // much\n        options",
        "stands alone",
    ),
    "colon in a text": (
        "why: The worst case sets",
        "why: Note: it sets",
        "needs quotes: write why",
    ),
    "invisible": ("      - id: CX-2", "      - \u200bid: CX-2", "cannot be seen"),
    "no-break space before a colon": ("      from: 3", "      from\u00a0: 3", "A no-break space"),
    "quotes inside quotes": (
        "ask: What does it decide?",
        'ask: "What does the "tool" decide?"',
        "ends the text too early",
    ),
    "apostrophe in single quotes": (
        "ask: What does it decide?",
        "ask: 'What is the tool's part?'",
        "ends the text too early",
    ),
    "apostrophe in braces": (
        "label: Some things}",
        "label: 'It's some things'}",
        "ends the text too",
    ),
    "decimal comma": (
        "        weight: 5\n        core",
        "        weight: 2,5\n        core",
        "write weight: 2.",
    ),
    "decimal comma in braces": ("{id: b, risk: 3,", "{id: b, risk: 2,5,", "write risk: 2."),
    "decimal point": (
        "        weight: 5\n        core",
        "        weight: 2.5\n        core",
        "write weight: 2.",
    ),
    "per cent": ("label: High, from: 60}", "label: High, from: 60%}", "write from: 60."),
    "comma behind a number": (
        "        weight: 5\n        core",
        "        weight: 5,\n        core",
        "stands alone",
    ),
    "number for a hyphen": ("      - id: CX-2", "      2. id: CX-2", "not with 2."),
    "hyphen before a group": ("    base:", "    - base:", 'Keys stand under "tier_rule"'),
    "code fence": ("schema_version: 1", "```yaml\nschema_version: 1", "delete it"),
    "mark of a merge": (
        "        weight: 5\n        core",
        "<<<<<<< HEAD\n        weight: 5\n        core",
        "nobody has chosen",
    ),
    "end of a document": (
        "        weight: 5\n        core",
        "---\n        weight: 5\n        core",
        "delete this line. Put what follows ---",
    ),
    "dots that end a document": (
        "        weight: 5\n        core",
        "...\n        weight: 5\n        core",
        "delete this line. Put what follows ...",
    ),
    "end of a document between keys": ("policy:\n", "---\npolicy:\n", "delete this line"),
    "two hyphens": ("      - id: CX-2", "      -- id: CX-2", "not with --"),
    "semicolons in braces": (
        "{id: b, risk: 3, label: Bad}",
        "{id: b; risk: 3; label: Bad}",
        "parted by commas",
    ),
    "dash for a colon": ("{id: b, risk: 3,", "{id: b, risk \u2013 3,", 'write "risk: " before'),
    "comma for a colon": (
        "        weight: 5\n        core",
        "        weight, 5\n        core",
        'write "weight: " before',
    ),
    "round brackets": (
        "red_flag: {options: [c], class: stop, legal_duty: true}",
        "red_flag: (options: [c], class: stop, legal_duty: true)",
        "between { and }, not between ( and )",
    ),
    "square brackets": (
        "- {id: b, risk: 3, label: Bad}",
        "- [id: b, risk: 3, label: Bad]",
        "between { and }, not between [ and ]",
    ),
    "text in square brackets": ("ask: How bad", "ask: [Draft] How bad", "begins with ["),
    "text in braces": ("ask: How bad", "ask: {Supplier} How bad", "begins with {"),
    "text behind a question mark": ("ask: How bad", "ask: ? How bad", "begins with ?"),
    "text behind a hyphen": ("ask: How bad", "ask: - How bad", "begins with -"),
    "word processor's quotes": (
        "label: Some things}",
        "label: \u201cSome, not all\u201d}",
        'write label: "Some, not all"',
    ),
    "number with two readings": (
        "        weight: 5\n        core",
        "        weight: 1.500\n        core",
        "may be 1500 or 1.5",
    ),
    "less than one": ("label: High, from: 60}", "label: High, from: 0.6}", "is less than 1"),
    "words behind a number": (
        "        weight: 5\n        core",
        "        weight: 5 -- five\n        core",
        "stands alone",
    ),
    "comment of a programme": ("    base:", "    /* the rule */\n    base:", "not with /*"),
    "comment of a settings file": ("    base:", "    ; the rule\n    base:", "not with ;"),
    "comment of a web page": ("    base:", "    <!-- rule -->\n    base:", "not with <!--"),
    "minus sign": ("      - id: CX-2", "      \u2212 id: CX-2", "with a hyphen"),
    "letter for a hyphen": (
        "          - {id: b, risk: 3",
        "          b) {id: b, risk: 3",
        "not with b)",
    ),
    "box for a hyphen": (
        "          - {id: b, risk: 3",
        "          - [ ] {id: b, risk: 3",
        "- [ ]",
    ),
    "wide space in the indent": (
        "        why: A tool that",
        "    \u2003\u2003  why: A tool that",
        "A space of another width",
    ),
    "comma behind a text in quotes": (
        "ask: What does it decide?",
        'ask: "What does it decide?",',
        "behind the closing quote",
    ),
    "words behind a text in quotes": (
        "ask: What does it decide?",
        'ask: "What" does it decide?',
        "ends the text too early",
    ),
    "one bracket too many": ("packs: [full]\n", "packs: [full]]  # all\n", "one ] too many"),
    "quote in a list": ("packs: [full]\n", 'packs: ["full]\n', "never closed"),
    "hash before a text": ("ask: How bad", "ask: #1 How bad", "begins with # needs quotes"),
    "hyphen and several spaces": ("      - id: CX-2", "      -   id: CX-2", "one space behind"),
    "keys on one line": (
        "- {id: b, risk: 3, label: Bad}",
        "- id: b, risk: 3, label: Bad",
        "write - {id: b, risk: 3, label: Bad}",
    ),
    "two keys in a line": (
        "        weight: 5\n        core: true",
        "        weight: 5 core: true",
        'a new line before "core"',
    ),
    "line break that cannot be seen": ("How bad is a", "How bad\u2028is a", "cannot be seen"),
    "words between two items": (
        "      - id: CX-2",
        "      please check\n      - id: CX-2",
        "write # before it",
    ),
    "option too far left": (
        "          - {id: b, risk: 2, label: Abroad}",
        "         - {id: b, risk: 2, label: Abroad}",
        "1 space too far to the left",
    ),
    "first option too far right": (
        "          - {id: a, risk: 0, label: Here}",
        "            - {id: a, risk: 0, label: Here}",
        "2 spaces too far to the right",
    ),
    "key too far right": (
        "        weight: 3\n",
        "          weight: 3\n",
        "2 spaces too far to the right",
    ),
    "question too far left, its keys in place": (
        "      - id: DP-2\n",
        "     - id: DP-2\n",
        "too far to the left",
    ),
    "question among the sections": ("      - id: DP-2\n", "  - id: DP-2\n", "4 spaces too far"),
    "group too far right": ("packs:\n  - {id: tri", " packs:\n  - {id: tri", "1 space too far"),
    "colon of a list": ("facts:\n", "facts\n", "write facts:"),
    "comma behind an option": ("label: Abroad}", "label: Abroad},", "behind the closing }"),
    "comma between keys": (
        "{id: b, risk: 2, label: Ab",
        "{id: b risk: 2, label: Ab",
        "A comma is",
    ),
    "key of a label": ("risk: 2, label: Abroad}", "risk: 2, Abroad}", 'write label: "Abroad"'),
    "list in braces": ("questions: [CX-1, CX-2, DP-1]", "questions: {CX-1}", "between [ and ]"),
    "semicolons in a list": ("in: [b, c]", "in: [b; c]", "parted by commas"),
    "asterisks around a text": ("good: A notice.", "good: *A* notice.", "begins with *"),
    "asterisks around a key": ("        weight: 4", "        **weight**: 4", "without asterisks"),
    "words behind a choice": (
        "        weight: 3\n",
        "        to be agreed\n        weight: 3\n",
        "write # before it",
    ),
    "a day of no calendar": ("OWN, title", 'OWN, looked_at: "2026-11-31", title', "no day"),
    "hash in mid-sentence": ("How bad is a mistake?", "How many # of cases?", "begins a comment"),
    "hash in a text": ("ask: How bad is a", "ask: How bad is #1 of a", "begins a comment"),
}


def problems_of(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in check_text(text)[1]]


def changed(old: str, new: str) -> tuple[str, int]:
    """The text with one place changed, and the line that is wrong then."""
    assert TEXT.count(old) >= 1, old
    where = TEXT.index(old)
    return TEXT.replace(old, new, 1), TEXT.count("\n", 0, where) + 1


def test_the_text_itself_has_none():
    assert problems_of(TEXT) == []
    assert slips_in(TEXT).problems == []


@pytest.mark.parametrize(("old", "new", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_alone(old, new, said):
    """The right line, the right words, and nothing that merely follows from it."""
    text, line = changed(old, new)

    ((found, message),) = problems_of(text)

    assert (found, said in message) == (line, True), message


@pytest.mark.parametrize(("old", "new", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_hides_nothing_behind_it(old, new, said):
    """A misspelt band and a misspelt decision elsewhere are told in the same go."""
    text, line = changed(old, new)
    text = text.replace("flag_band: high", "flag_band: hihg", 1)
    text = text.replace("high: do_not_proceed", "high: do_not_procede", 1)

    found = problems_of(text)

    assert any("hihg" in message for _, message in found), found
    assert any("do_not_procede" in message for _, message in found), found
    assert any(at == line and said in message for at, message in found), found


@pytest.mark.parametrize(("new", "said"), [
    ("ask: >\n        What does it decide?", "stands further in than its key"),
    ("ask: What does it\n        decide by itself?", "goes on with the text above"),
    ("ask: What does it\ndecide by itself?", "goes on with the text above"),
])  # fmt: skip
def test_a_text_that_goes_on_too_far_left_is_named_in_its_own_line(new, said):
    text, line = changed("ask: What does it decide?", new)

    ((found, message),) = problems_of(text)

    assert (found, said in message) == (line + 1, True), message


def test_a_hyphen_before_each_key_of_an_item_is_told_in_each_line():
    text, line = changed(
        "- {id: a, risk: 0, label: Not bad}",
        "- id: a\n          - risk: 0\n          - label: Not bad",
    )
    found = problems_of(text)

    assert [at for at, _ in found] == [line + 1, line + 2]
    assert all("belongs to the item above" in message for _, message in found)


def test_a_file_in_another_encoding_says_so_and_what_else_is_wrong():
    text = TEXT.replace("What is at stake", "What’s at stake", 1)
    wrong = text.replace("flag_band: high", "flag_band: hihg", 1)
    for coding, said in (
        ("utf-16", "is saved as UTF-16"),
        ("utf-16-le", "is saved as UTF-16"),
        ("utf-16-be", "is saved as UTF-16"),
        ("cp1252", "Byte 0x92 is not UTF-8"),
    ):
        ((_, alone),) = [(p.line, p.message) for p in check_text(text.encode(coding))[1]]
        assert said in alone
        both = sorted(p.message for p in check_text(wrong.encode(coding))[1])
        assert len(both) == 2
        assert any("hihg" in each for each in both)
    ((_, none),) = [(p.line, p.message) for p in check_text(bytes(range(256)) * 9)[1]]
    assert "is not UTF-8" in none


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("core: true", "core: yes", "write true here, not yes"),
        (
            "red_flag: {options: [b], class: flag}",
            "red_flag: yes",
            "Such as red_flag: {options: [e]",
        ),
        ('[{id: "yes", label: "Yes"}, {id: "no", label: "No"}]', "yes/no", "Such as - {id: a, l"),
        ("{id: a, risk: 0, label: Not bad}", "Not bad", "Such as - {id: a, risk: 0, label:"),
        ("{id: a, risk: 0, label: Not bad}", "a: Not bad", '- {id: a, risk: 0, label: "Not bad"}'),
        ('when: {question: hosted, in: ["yes"]}', 'when: {hosted: "yes"}', "Such as when:"),
        ("packs: [full]", "packs: ", "Nothing stands under"),
        ("type: multiple", "type: boxes", "write one of single, multiple"),
    ],
)
def test_what_a_group_or_list_holds_is_told_with_an_example(old, new, said):
    """Once, and of nothing that merely follows from it."""
    text, line = changed(old, new)

    ((found, message),) = problems_of(text)

    assert (found, said in message) == (line, True), message


def test_every_space_that_lacks_in_a_line_is_told():
    text, line = changed("{id: b, risk: 3, label: Bad}", "{id:b, risk:3, label:Bad}")

    assert [at for at, _ in problems_of(text)] == [line] * 3


def test_a_letter_of_another_alphabet_is_named():
    """It looks like one of ours, so that the rule alone would be no help."""
    text, _ = changed("- id: CX-2", "- id: C\u0425-2")

    assert any("CYRILLIC CAPITAL LETTER HA" in message for _, message in problems_of(text))


@pytest.mark.parametrize(
    "text", ["Question;Yes;No\nIs it safe?;1;2\n", "Dear colleague,\nhello.\n"]
)
def test_what_is_no_questionnaire_at_all_is_told_how_one_begins(text):
    ((_, message),) = problems_of(text)

    assert "schema_version: 1" in message
    assert "convert spreadsheet" in message


def test_several_slips_at_once():
    """One tab used to hide all the others."""
    text = TEXT
    for kind in ("tab", "comma in braces", "no space", "quote", "bullet"):
        old, new, _ = SLIPS[kind]
        text = text.replace(old, new, 1)

    found = problems_of(text)

    for kind in ("tab", "comma in braces", "no space", "quote", "bullet"):
        assert any(SLIPS[kind][2] in message for _, message in found), (kind, found)


def test_what_only_looks_like_a_slip_is_left_alone():
    """Addresses, times, folded texts, comments and quotes over several lines."""
    text = TEXT.replace(
        "        good: A scenario.\n",
        "        good: >-\n          * {id:x, a: b}\n          // weight:4 \u2022 id: q\n"
        '          see https://example.org: "a\n',
    ).replace("why: Switches on TR-2.", 'why: "Switches on: TR-2,\n      and #3"  # a comment')

    assert problems_of(text) == []
    broken = text.replace("flag_band: high", "flag_band: hihg", 1)
    assert [message for _, message in problems_of(broken) if "hihg" not in message] == []


def test_of_two_versions_that_a_merge_left_the_marks_alone_are_told():
    found = problems_of(f"<<<<<<< HEAD\n{TEXT}=======\n{TEXT}>>>>>>> theirs\n")

    assert [line for line, _ in found] == [1, TEXT.count("\n") + 2, 2 * TEXT.count("\n") + 3]
    assert all("nobody has chosen" in message for _, message in found)


def test_a_section_among_questions_is_told_once():
    text, _ = changed("  - id: DP\n", "      - id: DP\n")
    lines = text.split("\n")
    start = lines.index("      - id: DP")
    end = next(i for i in range(start + 1, len(lines)) if lines[i].startswith("  - id:"))
    lines[start + 1 : end] = [f"    {line}" if line else line for line in lines[start + 1 : end]]

    told = [m for line, m in problems_of("\n".join(lines)) if line == start + 1]

    assert len(told) == 1
    assert "stands among the questions of another" in told[0]


def test_the_same_fault_many_times_is_told_a_few_times():
    """200 options without a risk once gave 200 lines."""
    options = "".join(f"          - {{id: o{i}, label: Thing {i}}}\n" for i in range(200))
    start = TEXT.index("          - {id: a, risk: 0, label: Nothing}")
    end = TEXT.index("      - id: CX-2")
    found = problems_of(TEXT[:start] + options + TEXT[end:])

    assert len(found) <= 12
    assert any("more lines" in message for _, message in found)


def packed(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed("xl/workbook.xml"), "an Excel workbook"),
        (packed("word/document.xml"), "a Word file"),
        (packed("readme.txt"), "a ZIP archive"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"{\\rtf1 hello}", "a text in RTF"),
        (b"\x1f\x8b\x08", "a packed file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"SQLite format 3\0", "a database"),
        (b"openapi: 3.0.0\ninfo:\n  title: x\n", "no questionnaire"),
        (b"# Notes\n\n* one\n* two\n", "no questionnaire"),
        (b'{"title": "x", "pages": []}', "convert surveyjs"),
        (b'{"assessment": {}, "framework": {}}', "import it instead"),
    ],
)
def test_a_file_of_another_kind_is_named(data, said):
    ((line, message),) = [(p.line, p.message) for p in check_text(data)[1]]

    assert line == 1
    assert said in message


@pytest.mark.parametrize("name", ["ours.yml", "ours.yaml.txt", "ours.YAML", "ours.yml.txt"])
def test_a_file_that_is_almost_called_yaml_is_listed_as_left_out(name, tmp_path, monkeypatch):
    """In the list that the page and the programs show, and by the command without a file."""
    (tmp_path / name).write_text(TEXT, "utf-8")
    (tmp_path / "notes.txt").write_text("nothing of ours", "utf-8")
    monkeypatch.setenv(FURTHER_FOLDERS, str(tmp_path))

    assert list(left_out()) == [tmp_path / name]
    told = read_file(tmp_path / name)
    assert told.framework is None
    assert told.problems[0].message.endswith("name it ours.yaml.")


def test_the_command_and_the_page_list_what_is_left_out(tmp_path, monkeypatch):
    (tmp_path / "ours.yml").write_text(TEXT, "utf-8")
    monkeypatch.setenv(FURTHER_FOLDERS, str(tmp_path))

    done = CliRunner().invoke(main, ["check"])

    assert done.exit_code == 1
    assert "ours.yml is left out" in done.output
    assert "ours.yml" in {file.path.name for file in list_files() if file.framework is None}


@pytest.mark.parametrize(
    "text",
    [
        "label: a" * 100_000,
        "{" + "label: a " * 100_000,
        "- {label: '" * 50_000,
        '{"a":' * 100_000,
        "\tid: x\n" * 20_000,
        "  id: x\n" * 20_000,
    ],
    ids=["text", "braces", "quotes", "json", "tabs", "dashes"],
)
def test_a_hostile_file_takes_no_time(text):
    start = time.monotonic()

    assert check_text(text)[1]
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("path", sorted(FRAMEWORKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_nothing_is_called_a_slip_that_is_none(path):
    """A good text of a thousand lines with one fault has one fault."""
    text = path.read_text("utf-8")

    assert slips_in(text).problems == []
    assert slips_in(text).text == text


def test_nor_in_what_the_command_writes():
    assert slips_in(starter("ours", "Ours", "weakest-section", ("en", "fr"))).problems == []


@pytest.mark.parametrize(("times", "told"), [(MOST, MOST), (MOST + 1, 0), (20_000, 0)])
def test_a_file_of_nothing_but_ends_is_not_looked_through_for_each(times, told):
    """Each end is judged by all above and below it, which would take as long as times squared."""
    lines = "".join(f"---\nkey_{n % 100 if times > 1000 else n}: b\n" for n in range(times))
    found = slips_in(f"id: small\n{lines}")
    assert len([each for each in found.problems if "delete this line" in each.message]) == told


class Lines(list[str]):
    """Lines that count how often many of them are taken at once."""

    taken = 0

    def __getitem__(self, place):
        self.taken += isinstance(place, slice)
        return super().__getitem__(place)


def test_only_a_mark_has_the_rest_of_the_file_looked_at():
    """A file of a hundred thousand slips is told in seconds: no line copies all the others."""
    lines = Lines(["a: b", "---", "c: d"])
    assert [ends_document(Slips(), number, lines) for number in (1, 3)] == [False, False]
    assert lines.taken == 0
    assert ends_document(Slips(), 2, lines)
    assert lines.taken > 0


OPTIONS = """          - {id: a, risk: 0, label: Here}
          - {id: b, risk: 2, label: Abroad}
          - {id: c, risk: 4, label: Unknown}"""


@pytest.mark.parametrize(("old", "new", "said"), [
    # a key by its letters, its sense, its place; one alone that is not known and one missing
    ("packs:\n  - {id", "Packs:\n  - {id", 'did you mean "packs"?'),
    ("options:\n          - {id: a, risk: 0, label: He",
     "option:\n          - {id: a, risk: 0, label: He", 'did you mean "options"?'),
    ("{question: hosted, in: [", "{fact: hosted, in: [", 'did you mean "question"?'),
    ("any:\n            - {question: public", "or:\n            - {question: public", '"any"?'),
    ("all:\n                - {question: TR", "and:\n                - {question: TR", '"all"?'),
    ("id: b, risk: 2, label: Ab", "id: b, score: 2, label: Ab", 'did you mean "risk"?'),
    ("id: b, risk: 2, label: Ab", "id: b, wert: 2, label: Ab", '"risk" is missing: write "risk"'),
    ("        weight: 3\n        red_flag: {options: [b, c], class: stop, stop_from_tier: 2}",
     "        red_flag:\n          options: [b, c]\n          class: stop\n          weight: 3",
     'stands under "red_flag" and belongs beside it'),
    ("red_flag: {options: [b, c], class: stop, stop_from_tier: 2}",
     "red_flag:\n          options: [b, c]\n        class: stop", 'belongs under "red_flag"'),
    # numbers and names of which the rules know more than the shape
    ("risk: 4, label: Unknown", "risk: 100, label: Unknown", "a whole number from 0 to 4"),
    ("first_gate: G5", "first_gate: G 5", 'did you mean "G5"?'),
    ("{question: hosted, in", "{question: is hosted, in", 'did you mean "hosted"?'),
    (OPTIONS, OPTIONS.translate(str.maketrans("04", "40")), "0 is the best: turn"),
    ('in: ["yes"]}\n        why: Other', 'in: yes}\n        why: Other', 'quotes, ["yes"]'),
    ("        weight: 3", "        weight:", "write a whole number"),
])  # fmt: skip
def test_one_mistake_is_told_once_with_what_was_meant(old, new, said):
    text, line = changed(old, new)

    found = problems_of(text)

    assert len(found) == 1, found
    assert line <= found[0][0] <= line + 3
    assert said in found[0][1]


def test_a_question_pasted_too_far_left_is_told_once():
    start, end = TEXT.index("      - id: DP-2"), TEXT.index("\n  - id: TR\n")
    moved = "\n".join(line[2:] for line in TEXT[start:end].split("\n"))

    ((_, said),) = problems_of(TEXT[:start] + moved + TEXT[end:])

    assert "2 spaces too far to the left" in said
    assert said.endswith("Move the lines that belong to it along.")


def test_words_around_a_piece_of_code_are_told_with_its_marks():
    found = problems_of(f"Here it is:\n\n```yaml\n{TEXT}```\nTell me more.\n")

    last = TEXT.count("\n") + 4
    assert [at for at, _ in found] == [1, 3, last, last + 1]
    assert ["outside the marks" in said for _, said in found] == [True, False, False, True]
