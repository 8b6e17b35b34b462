"""The app's words: marked so that they can be found, and translations that fit them."""

import ast
import re
from copy import deepcopy
from functools import cache
from io import BytesIO
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from jsonschema import Draft202012Validator

from procurement_risk.assessment import (
    answer_words,
    routes,
    shape,
    supplier_names,
    supplier_numbers,
)
from procurement_risk.formats.workbook import remarks
from procurement_risk.framework import yaml_words
from procurement_risk.framework.checks import shape_words as yaml_shape_words
from procurement_risk.language import catalogue as language
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio import hanging
from procurement_risk.storage import cleaning, plain_errors, tables
from procurement_risk.views.shared import purchase_saving
from scripts import translations, words

MODULES = [path for path in words.PACKAGE.rglob("*.py") if path.name != "catalogue.py"]
MARKS = {"_": (0,), "N_": (0,), "ngettext": (0, 1), "pgettext": (0, 1), "counted": (1, 2)}


# --- The template ---


@cache
def in_the_code():
    """Every message in the code, searched for once."""
    return words.template()


def test_the_template_holds_every_message():
    """Otherwise translators never see it. ``make words`` renews it."""
    assert words.messages(in_the_code()) == words.messages(words.committed())


def test_a_message_that_is_not_in_the_template_is_missed():
    found = deepcopy(in_the_code())
    found.add("A new sentence.", locations=[("procurement_risk/profile/words.py", None)])

    assert words.messages(found) != words.messages(words.committed())


def marked(source):
    """Yield every text in ``source`` that is marked, wherever it stands."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            texts = [a.value for a in call.args if isinstance(a, ast.Constant)]
            wanted = [place for place in MARKS.get(name_of(call), ()) if place < len(call.args)]
            if texts and all(isinstance(call.args[place], ast.Constant) for place in wanted):
                yield from (call.args[place].value for place in wanted[-2:])


def test_no_marked_text_escapes_the_search():
    """Python 3.11 shows a tool an f-string as one piece: it sees no message inside."""
    known = {text for each in in_the_code() for text in (each.context, each.id, *ids_of(each))}
    for path in MODULES:
        assert set(marked(path.read_text(encoding="utf-8"))) <= known, path


def test_a_text_in_an_f_string_is_seen():
    assert list(marked("f\"{_('Saved.')}\"")) == ["Saved."]


def ids_of(message):
    return message.id if isinstance(message.id, tuple | list) else (message.id,)


def test_every_message_is_in_the_template_once_for_each_meaning():
    found = {(each.id, each.context) for each in words.committed() if each.id}

    assert ("Open", None) in found
    assert ("Open", "not dealt with") in found
    assert (("{n} open answer", "{n} open answers"), None) in found


# --- How messages are marked ---


def faults(source):
    """Return the line of every message that Babel would not find, or would find in pieces."""
    nodes = list(ast.walk(ast.parse(source)))
    passed_on = {
        call
        for function in nodes
        if isinstance(function, ast.FunctionDef) and function.name == "counted"
        for call in ast.walk(function)
    }
    return [
        f"{call.lineno}: {ast.unparse(call)}"
        for call in nodes
        if isinstance(call, ast.Call) and call not in passed_on
        for place in MARKS.get(name_of(call), ())
        if place >= len(call.args) or not is_message(call.args[place], name_of(call))
    ]


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def is_message(node, mark):
    """Whether it is one text as it stands; ``_`` may also take a constant that holds one."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if mark != "_":
        return False
    built = (ast.JoinedStr, ast.BinOp, ast.IfExp, ast.BoolOp)
    formats = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    return not any(isinstance(each, built) for each in ast.walk(node)) and not any(
        name_of(each) in ("format", "join") for each in formats
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(words.PACKAGE)))
def test_messages_are_whole_texts_and_values_come_in_afterwards(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        '_(f"Saved by {name}")',
        '_("Saved by {name}".format(name=name))',
        '_("Saved by " + name)',
        '_("Saved by %s" % name)',
        '_("Yes" if found else "No")',
        '_(found or "None")',
        '_("".join(found))',
        "N_(LABEL)",
        'ngettext(one, "{n} stops", 2)',
        'wording.counted(2, f"{a} stop", "{n} stops")',
        'counted(2, "{n} stop")',
        "pgettext(meaning, 'Open')",
    ],
)
def test_a_message_that_is_put_together_is_refused(source):
    assert len(faults(source)) >= 1


@pytest.mark.parametrize("source", ['_("Saved.")', "_(LABELS[name])", '_("{n}").format(n=f"{n}")'])
def test_a_whole_message_is_fine(source):
    assert faults(source) == []


# --- Words that were not marked ---

# What a server says to programs, to browsers and in its log; people are told by ``notices``.
TO_PROGRAMS = (
    *("asgi", "ended", "figures_kept", "figures_page", "gate", "headers", "health"),
    *("hosts", "limits", "logs", "proxy", "requests", "returning", "session", "uploads", "wire"),
    *("notify/hooks", "notify/outside", "notify/working"),
)

# Modules whose words are in English whatever the language: those of the command line, and those
# that write files.
IN_ENGLISH = (
    "__init__.py",
    "cli/*.py",
    "comparison/smaa_file.py",
    "exports/*.py",
    "exports/atrs/*.py",
    "exports/leadership/*.py",
    "exports/oscal/*.py",
    "exports/published/*.py",
    "exports/tables/*.py",
    "framework/shipped.py",
    "framework/starter.py",
    "framework/yaml_writing.py",
    "storage/migrations/*.py",
    "storage/migrations/versions/*.py",
    "storage/search.py",
    "storage/searched.py",  # statements for databases, and nothing that is shown
    "formats/surveyjs/*.py",
    "formats/workbook/questionnaire/as_written.py",
    "server/api/*.py",
    *(f"server/{name}.py" for name in TO_PROGRAMS),
)
SHOWN_FROM = sorted(
    set(MODULES) - {path for pattern in IN_ENGLISH for path in words.PACKAGE.glob(pattern)}
)


def kinds_of_misfit(*modules):
    """What sentences are looked up by: keywords of JSON Schema, some with what they ask for."""
    tables = [each for module in modules for each in vars(module).values() if type(each) is dict]
    return {key for table in tables for key in table if isinstance(key, str)}


# What looks like words and is not shown.
NOT_SHOWN = {
    "Content-Security-Policy",
    "Content-Type",
    *("From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Language"),  # a mail
    "Team(",
    "A message was not sent",  # to the log
    *("TextColor", "BackgroundColor", "PlotlyChart.*.js"),  # Streamlit's names
    # keywords of JSON Schema, and what a parser and database drivers say
    *Draft202012Validator.VALIDATORS,
    *kinds_of_misfit(answer_words, shape, yaml_shape_words),
    *(said for said, __ in yaml_words.PLAIN_WORDS),
    *(said for said, __ in plain_errors._EXPLANATIONS),
    "pattern ",
    # how others write an amount, to be found in their texts
    " m",
    " million",
    " thousand",
    # stored in English, as every reason in a history is
    "Answered by two people, each alone",
    "Agreed by two who differed",
    "Moved here from ",
    routes.NOTE,
    routes.NOTE_SINCE,
    purchase_saving.ROUTE_CHANGED,
    "cannot start any token",
    "quoted scalar",
    # names and data of frameworks and of databases
    "Null",
    "CSafeLoader",
    "Full",
    "Every question.",
    "in memory",
    "Answers to ",
    "pip install 'psycopg[binary]'",
    tables.AS_IT_OPENS,
    "PRAGMA busy_timeout=",
    "PRAGMA journal_mode=WAL",
    "PRAGMA writable_schema=ON",
    "BEGIN IMMEDIATE",
    "REPEATABLE READ",
    cleaning.VACUUM_FULL,
    cleaning.TRUNCATE_LOG,
    "SELECT version_num FROM alembic_version",
    "Imported from record ",
    "Accepted from the supplier's workbook, issue ",
    "Supplier's comment:",
    "Supplier's reason:",
    "Supplier's evidence:",
    "Supplier's evidence valid until:",
    ", answered for by ",
    "Supplier's note on a cell:",
    "Supplier's link leads to:",
    # stored in the history, in English whatever the language
    "Person ",
    "Changed in another assessment of the same purchase",
    "Chosen over a colleague's value after both were shown",
    "Its condition was dropped",
    "Started in the app",
    "Fictional demonstration data, taken out",
    "Undone",
    "Tried out first",
    "The pack that decides at this tier",
    "Moved from version ",
    "Moved from ",
    "Confirmed as it stood in ",
    "A new look at ",
    "Another supplier for the purchase of ",
    "Dealt with by the decision on the look that followed, ",
    " as of ",
    "The supplier as an organisation",
    # keys of a keyboard, which Streamlit shows in its own words
    "Alt+N",
    "Alt+P",
    # compared or looked up, never shown
    *hanging._NAMELESS,
    remarks.NUMBERS_SAYS,
    *remarks.NUMBERS_HEADS,
    "name ",
    "number ",
    "pin ",
    " and ",
    *(each for form in supplier_names._FORMS for each in form),
    supplier_numbers._LETTERS,
    supplier_numbers._LETTERS_MORE,
    "portfolio ",
    "assessment ",
    "a ai an and at by for from in of on service services system the to tool with",
    "open procedure",
    "competitive flexible procedure",
    # for the log, for Plotly, for Python
    "A page failed at %s",
    "The portfolio could not be read ahead",
    "Which looks count could not be worked out",
    "Database",
    "What waits could not be counted ahead",
    "Outcomes could not be made",
    "%s cannot be scored",
    '"Source Sans", "Segoe UI", Helvetica, Arial, sans-serif',
    "displayModeBar",
    "displayNotifier",
    "modeBarButtons",
    "toImage",
    "scrollZoom",
    "Cc",
    "Cf",
    # attributes in the file format of workbooks, and its name for numbers without a format
    "Type",
    "ContentType",
    "Target",
    "PartName",
    "TargetMode",
    "General",
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "Sheet1",  # where the numbers of a native chart stand, as its library names it
    "Id",
    "/main}dataValidation",
    # stored in English, as the texts of the file are that it stands in
    "Link for the supplier",  # and what became of it, as the reason of a line of history
    " made, which works until ",
    " revoked",
    ": what it submitted was discarded",
    "To be set:",
    "Own question",
    "Cs",
    "Document | None",
    "Subject",
    "middle right",
    # tabs that an older address may name
    "Check a file",
    "Not known here",
    # for Graphviz
    "digraph conditions {\n  rankdir=LR; bgcolor=transparent; nodesep=0.15;\n"
    '  node [fontname="sans-serif" fontsize=11 height=0.3 color="',
}
# A capital, two words, or one with a space at its end; markup does not count, even cut in two.
# Calls whose texts are for Python: patterns, type variables and errors that no person sees.
FOR_PYTHON = {"compile", "fullmatch", "TypeVar", "ParamSpec", "TypeError", "exec_driver_sql"}
PASSED_BY = {*MARKS, *FOR_PYTHON}
WORDS = re.compile(r"[A-Z][a-z]|[A-Za-z]{2,} [A-Za-z]{2,}|^ [a-z]+ ?$|^[a-z]+ $")
# Keys of other people's formats, such as tender.awardPeriod: no space, and no capital in front.
KEY = re.compile(r"[.a-z][A-Za-z0-9.\[\]]*[A-Z][A-Za-z0-9.\[\]]*")
MARKUP = re.compile(r"""<\w[^>]*(>|$)|^[^<>]*['"]>|</\w+>""")


def unmarked(source):
    """Return every text in ``source`` that looks like words to show and is not marked."""
    nodes = list(ast.walk(ast.parse(source)))
    passed_by = set()
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed_by.add(node.value)  # it describes what it stands in, or stands below
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            passed_by.update(ast.walk(node.value))
        elif isinstance(node, ast.Call) and name_of(node) in PASSED_BY:
            passed_by.update(each for argument in node.args for each in ast.walk(argument))
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node not in passed_by and node.value not in NOT_SHOWN
        if WORDS.search(MARKUP.sub("", node.value)) and not KEY.fullmatch(node.value)
    ]


@pytest.mark.parametrize("path", SHOWN_FROM, ids=lambda path: str(path.relative_to(words.PACKAGE)))
def test_no_words_are_left_unmarked(path):
    assert unmarked(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'st.button("Save")',
        'st.markdown(f"{name} has changed this")',
        'st.html(f"<b>{name}</b> <i>Not scored</i>")',
        'f"{low} to {high}"',
        'label = {"draft": "Draft"}',
        'raise UsageError(f"{name} is not here")',
        'Problem("id", "Write an id.")',
    ],
)
def test_unmarked_words_are_found(source):
    assert len(unmarked(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        'st.button(_("Save"), key="save")',
        "st.html(f\"<b style='color:red'>{name}</b>\")",
        'def f():\n    """Return the Label."""',
        'st.markdown(f"**{name}** · {other}")',
        'wording.counted(n, "{n} Stop", "{n} Stops")',
        'MOST = 3\n"""The Most there can be."""',
        '__all__ = ["Change", "compare"]',
        'raise TypeError("questions rest on options")',
        're.compile("[A-Z][a-z]")',
        'tender.get("awardPeriod")',
    ],
)
def test_what_is_marked_or_no_words_is_passed_by(source):
    assert unmarked(source) == []


# --- Translations ---


def places(text):
    """Return the places of a message, each with its conversion and format."""
    return [
        (name, spec, how) for _, name, spec, how in Formatter().parse(text) if name is not None
    ]


def misfits(catalog):
    """Return what in a translation would break a page: a place that its message does not have.

    A plural may leave out its number: "one stop".
    """
    found = []
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        ids = ids_of(message)
        wanted = set(places(ids[-1]))
        may_lack = {("n", "", None)} if len(ids) > 1 else set()
        for form in filter(None, forms) if message.id else ():
            try:
                has = set(places(form))
            except ValueError as error:
                found.append(f"{form}: {error}")
                continue
            if not wanted - may_lack <= has <= wanted:
                found.append(form)
    return found


def translated(message, *forms):
    catalog = Catalog(locale="de")
    catalog.add(message, forms if len(forms) > 1 else forms[0])
    return catalog


@pytest.mark.parametrize("file", [*words.TEMPLATE.parent.rglob("*.po"), words.TEMPLATE])
def test_every_translation_has_the_places_of_its_message(file):
    with file.open("rb") as stream:
        assert misfits(read_po(stream)) == []


@pytest.mark.parametrize(
    ("message", "forms"),
    [
        ("Saved by {name}", ["Gesichert"]),
        ("Saved by {name}", ["Gesichert von {wer}"]),
        ("Saved by {name}", ["Gesichert von {name} {name.__class__}"]),
        ("Saved by {name}", ["Gesichert von {name!r}"]),
        ("Saved by {name}", ["Gesichert von {name:>9999999}"]),
        ("Saved by {name}", ["Gesichert von {name"]),
        ("Saved.", ["Gesichert {}."]),
        (("{n} of {all} is", "{n} of {all} are"), ["{n} ist", "{n} von {all} sind"]),
    ],
)
def test_a_translation_with_other_places_is_refused(message, forms):
    assert len(misfits(translated(message, *forms))) == 1


def test_a_plural_may_leave_out_its_number():
    assert misfits(translated(("{n} stop", "{n} stops"), "ein Halt", "{n} Halte")) == []


def strings(messages):
    """Return what is said of each message, in every form."""
    return {(tuple(ids_of(m)), in_text(m.context)): tuple(forms_of(m)) for m in messages if m.id}


def shown(catalog):
    """Return what is to be shown: a guess is not, nor is half a plural."""
    return strings(m for m in catalog if translations.said(m) and not m.fuzzy)


def in_text(context):
    return context.decode() if isinstance(context, bytes) else context


def forms_of(message):
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def unlike(file):
    """Return the messages of a translation that are compiled as something else, or not at all."""
    with file.open("rb") as text, file.with_suffix(".mo").open("rb") as compiled:
        one, other = shown(read_po(text)), strings(read_mo(compiled))
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


@pytest.mark.parametrize("file", translations.files(), ids=translations.code_of)
def test_what_is_compiled_is_what_was_translated(file):
    """A catalogue is committed both as text and compiled; the app reads the compiled one."""
    assert unlike(file) == set()


SMALL = [
    ("Saved.", "Enregistré.", {}),
    (("{n} stop", "{n} stops"), ("{n} arrêt", "{n} arrêts"), {}),
    ("Open", "Ouvrir", {"context": "verb"}),
    ("Guessed.", "Deviné.", {"flags": ["fuzzy"]}),
]


def put_small(locales, *messages):
    """Write a translation with these messages, as text and compiled."""
    catalog = Catalog(locale="fr")
    for message, said, more in messages:
        catalog.add(message, said, **more)
    file = locales / "fr" / "LC_MESSAGES" / f"{language.DOMAIN}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as text:
        write_po(text, catalog)
    translations.compiled(catalog, file.with_suffix(".mo"))
    return file


def test_plurals_contexts_and_guesses_are_compared(tmp_path):
    file = put_small(tmp_path, *SMALL)
    assert unlike(file) == set()

    other = put_small(tmp_path / "other", (SMALL[1][0], ("{n} arrêt", "{n} arrets"), {}))
    file.with_suffix(".mo").write_bytes(other.with_suffix(".mo").read_bytes())
    assert unlike(file) == {
        (("Saved.",), None), (("{n} stop", "{n} stops"), None), (("Open",), "verb")
    }  # fmt: skip


def test_a_plural_that_nobody_translated_is_not_compiled(tmp_path):
    """Babel alone compiles it as an empty text, which the page would then show."""
    file = put_small(tmp_path, *SMALL, (("{n} flag", "{n} flags"), ("", ""), {}))
    assert unlike(file) == set()
    with file.open("rb") as text, file.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(text))
    assert unlike(file) == {(("{n} flag", "{n} flags"), None)}


def template_of(*messages):
    found = Catalog()
    for message, _said, more in messages:
        found.add(message, locations=[("a.py", None)], context=more.get("context"))
    return found


def test_how_a_translation_stands_is_said(tmp_path):
    """Fuzzy, missing and obsolete ones, and what is new where most is translated."""
    file = put_small(tmp_path, *SMALL, ("Gone.", "Parti.", {}))
    template = template_of(*SMALL, ("Not yet.", "", {}))
    found = translations.standing(translations.read(file), template)

    assert list(found.sentences()) == [
        "3 of 5 messages, 1 missing, 1 fuzzy, 1 obsolete.",
        "  fuzzy: Guessed.",
    ]
    assert [each.id for each in found.new(template)] == ["Not yet."]


def test_a_plural_with_one_form_is_missing(tmp_path):
    file = put_small(tmp_path, (("{n} stop", "{n} stops"), ("{n} arrêt", ""), {}))
    found = translations.standing(translations.read(file), template_of(SMALL[1]))
    assert (found.translated, len(found.missing)) == (0, 1)


def test_a_translation_is_brought_up_to_the_template(tmp_path, monkeypatch):
    """What it said is kept, what is gone is kept aside, and the compiled file follows."""
    monkeypatch.setattr(translations, "LOCALES", tmp_path)
    file = put_small(tmp_path, *SMALL, ("Gone.", "Parti.", {}), ("Gone unsaid.", "", {}))
    before = shown(translations.read(file))
    found = translations.bring_up("fr", template_of(*SMALL, ("Not yet.", "", {})))

    assert (found.translated, len(found.missing), found.obsolete) == (3, 1, 1)
    brought = translations.read(file)
    assert shown(brought) == {key: before[key] for key in before if key != (("Gone.",), None)}
    assert [each.string for each in brought.obsolete.values()] == ["Parti."]
    assert unlike(file) == set()
    assert translations.bring_up("de", template_of(*SMALL)).translated == 0


def test_saying_how_translations_stand_changes_none(tmp_path, monkeypatch, capsys):
    """Whoever adds a sentence in English renews the list, and nothing else."""
    monkeypatch.setattr(translations, "LOCALES", tmp_path)
    monkeypatch.setattr(words, "template", lambda: words.committed())
    file = put_small(tmp_path, *SMALL)
    before = file.read_bytes(), file.with_suffix(".mo").read_bytes()
    words.main([])

    assert (file.read_bytes(), file.with_suffix(".mo").read_bytes()) == before
    assert "fr: " in capsys.readouterr().out


# --- The language in use ---


@pytest.fixture
def german(tmp_path, monkeypatch):
    """A second language, with two sentences."""
    catalog = Catalog(locale="de")
    catalog.add("Saved.", "Gesichert.")
    catalog.add(("{n} stop", "{n} stops"), ("{n} Halt", "{n} Halte"))
    catalog.add("Open", "Öffnen", context="verb")
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{language.DOMAIN}.mo").open("wb") as stream:
        write_mo(stream, catalog)
    monkeypatch.setattr(language, "LOCALES", tmp_path)
    language.use("de")
    yield
    language.use(language.ENGLISH)


def test_a_message_comes_in_the_language_in_use(german):
    assert language.available() == ("en", "de")
    assert language.current() == "de"
    assert language._("Saved.") == "Gesichert."
    assert language.pgettext("verb", "Open") == "Öffnen"
    assert counted(1, "{n} stop", "{n} stops") == "1 Halt"
    assert counted(1_200, "{n} stop", "{n} stops") == "1,200 Halte"


def test_what_is_not_translated_stays_english(german):
    assert language._("Not translated.") == "Not translated."
    assert language.pgettext("state", "Open") == "Open"
    assert language._("") == ""


@pytest.mark.parametrize("code", ["xx", "", "../de", "en"])
def test_a_language_that_is_not_there_is_english(german, code):
    language.use(code)

    assert language.current() == "en"
    assert language._("Saved.") == "Saved."


def test_a_marked_constant_stays_english(german):
    assert language.N_("Saved.") == "Saved."


def test_a_per_cent_sign_is_only_that():
    """Tools for translators would take one before a word for a place of C's printf."""
    assert [each.id for each in in_the_code() if "python-format" in each.flags] == []


def test_a_template_can_be_compiled():
    """Nothing in it that gettext's own format could not hold."""
    written = BytesIO()
    write_mo(written, in_the_code())
    assert written.getvalue()
