"""The page Questionnaires: put in use, edited, retired; nothing typed in the editor is lost."""

import pytest

from procurement_risk.framework import files
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_editing import value_at
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.views.shared import offered
from tests.support.framework_documents import IMPACT, SMALL, TEXT, proposing
from tests.support.small_app import draw, press, said, tables, unescaped


@pytest.fixture
def own(app, tmp_path, monkeypatch):
    """The organisation's own folder, with one questionnaire in use."""
    monkeypatch.setenv(files.FURTHER_FOLDERS, str(tmp_path / "own"))
    app.store.put_in_use(TEXT.encode(), "Ana")
    return app


def areas(page):
    return {each.label: each for each in (*page.text_area, *page.text_input)}


def editing(own, question="DP-1", text=TEXT):
    begun = own.store.begin_draft(text.replace('"2026.1"', '"2026.2"'), "Ana")
    return begun.id, draw("frameworks", draft=begun.id, question=question)


def test_the_list_says_who_put_it_in_use_and_the_page_retires_it(own):
    page = draw("frameworks")
    assert "put in use by Ana on" in said(page)

    page = press(page, "Retire it")

    assert "retired by Ana on" in said(page)
    assert offered.frameworks(own.store) == []
    page = press(page, "Bring it back")
    (done,) = tables(page)
    assert [row[2] for row in done] == ["brought back", "retired", "put in use"]
    assert done[0][1:4] == ["small 2026.1", "brought back", "Ana"]
    assert [each.id for each in offered.frameworks(own.store)] == ["small"]


def test_edit_begins_the_next_version_and_leaves_what_is_in_use(own):
    page = press(draw("frameworks"), "Edit")

    (draft,) = own.store.every_draft()
    assert read_yaml(draft.text).data["version"] == "2026.2"
    assert draft.text.replace('"2026.2"', '"2026.1"') == TEXT
    assert "No problems. A draft: saved as you type, not in use." in said(page)
    assert load_framework("small").version == "2026.1"
    assert "Drafts" in said(draw("frameworks"))


def test_what_is_typed_is_saved_in_its_own_line_and_shown_beside(own):
    name, page = editing(own)
    before = own.store.draft(name).text

    areas(page)["Question"].set_value("Who: may read it?").run()

    after = own.store.draft(name).text
    changed = [
        pair
        for pair in zip(before.splitlines(), after.splitlines(), strict=True)
        if pair[0] != pair[1]
    ]
    assert len(changed) == 1
    assert "Who: may read it?" in changed[0][1]
    assert any("Who: may read it?" in each.value for each in page.code)
    again = draw("frameworks", draft=name, question="DP-1")
    assert areas(again)["Question"].value == "Who: may read it?"


def test_what_is_typed_last_is_saved_whatever_comes_next(own):
    """Another question is chosen, or another page, in the same moment."""
    name, page = editing(own)
    areas(page)["Weight"].set_value("9")
    (chooser,) = [each for each in page.selectbox if each.label == "What to change"]
    chooser.select_index(0).run()
    assert "weight: 9" in own.store.draft(name).text

    areas(page)["Title"].set_value("Another title")
    page._page_hash = draw("help")._page_hash
    page.run()
    assert "Another title" in own.store.draft(name).text


def test_a_fault_stands_at_its_line_and_at_its_field(own):
    name, page = editing(own)

    areas(page)["Weight"].set_value("500").run()

    (line,) = [
        n
        for n, text in enumerate(own.store.draft(name).text.splitlines(), 1)
        if "weight: 500" in text
    ]
    assert any(f"Line {line}:" in unescaped(each.value) for each in page.error)
    assert "1 problem to put right." in said(page)
    assert "Put it in use" not in [each.label for each in page.button]


def test_a_number_that_is_none_stays_in_its_field_and_nothing_is_saved(own):
    typed, words = "1,5", "Not saved: Write a whole number like"
    name, page = editing(own)
    before = own.store.draft(name).text

    areas(page)["Weight"].set_value(typed).run()

    assert any(words in unescaped(each.value) for each in page.error)
    assert areas(page)["Weight"].value == typed
    assert own.store.draft(name).text == before
    assert "see DP-1." in unescaped(said(page))
    assert "Put it in use" not in [each.label for each in page.button]

    (chooser,) = [each for each in page.selectbox if each.label == "What to change"]
    there = chooser.index
    chooser.select_index(0).run()
    assert "see DP-1." in unescaped(said(page))
    (chooser,) = [each for each in page.selectbox if each.label == "What to change"]
    chooser.select_index(there).run()
    assert areas(page)["Weight"].value == typed

    areas(page)["Risk of b"].set_value("2.5").run()
    assert any("not “2.5”" in unescaped(each.value) for each in page.error)
    areas(page)["Risk of b"].set_value("2").run()
    areas(page)["Weight"].set_value("7").run()
    assert "weight: 7" in own.store.draft(name).text
    assert not page.error
    assert "Put it in use" in [each.label for each in page.button]


def test_options_are_added_under_an_id_of_their_own(own):
    name, page = editing(own)

    page = press(page, "Add it")

    assert {"Option d", "Risk of d"} <= areas(page).keys()
    assert "New option" in own.store.draft(name).text


def test_somebody_else_is_not_written_over(own):
    name, page = editing(own)
    held = own.store.draft(name)
    ask = read_yaml(held.text).data["sections"][1]["questions"][0]["ask"]
    own.store.save_draft(name, held.text.replace(ask, "Theirs?"), held.revision, "Ben")

    areas(page)["Question"].set_value("Mine?").run()

    assert "Theirs?" in own.store.draft(name).text
    assert "Mine?" not in own.store.draft(name).text
    assert "You typed: Mine?" in said(page)
    areas(page)["Question"].set_value("Mine after all?").run()
    assert "Mine after all?" in own.store.draft(name).text


def test_a_file_that_cannot_be_read_is_mended_as_a_whole(own):
    begun = own.store.begin_draft("id: [", "Ana")
    page = draw("frameworks", draft=begun.id)
    assert "It cannot be read yet" in said(page)

    page = draw("frameworks", **{"draft": begun.id, "draft-show": "Whole file"})
    areas(page)["The whole file (YAML)"].set_value(TEXT).run()

    assert own.store.draft(begun.id).text == TEXT


@pytest.mark.parametrize("leaves", ["Put it in use", "Back to the questionnaires"])
@pytest.mark.parametrize("tab", ["Questions", "Whole file", "What changes"])
def test_a_draft_is_left_from_every_tab(own, tab, leaves):
    begun = own.store.begin_draft(TEXT.replace('"2026.1"', '"2026.2"'), "Ana")
    page = draw("frameworks", **{"draft": begun.id, "draft-show": tab})

    page = press(page, leaves)

    assert "Something went wrong" not in said(page)
    assert "draft" not in page.query_params
    assert "In use" in said(page)


def test_a_draft_is_put_in_use_and_is_a_draft_no_longer(own):
    _name, page = editing(own)

    page = press(page, "Put it in use")

    assert load_framework("small").version == "2026.2"
    assert own.store.every_draft() == []
    assert "version 2026.2, is in use." in said(page)


def test_an_option_is_moved_with_its_letter_and_the_risks_stay_in_order(own):
    name, page = editing(own)
    path = ("sections", 1, "questions", 0, "options")
    before = value_at(read_yaml(own.store.draft(name).text).data, path)

    (which,) = [each for each in page.selectbox if each.key.startswith(f"move-{name}")]
    which.set_value(1).run()
    page = press(page, "Move it")

    after = value_at(read_yaml(own.store.draft(name).text).data, path)
    assert [each["id"] for each in before] == ["a", "b", "c"]
    assert [each["id"] for each in after] == ["b", "a", "c"]
    assert {e["id"]: e["label"] for e in after} == {e["id"]: e["label"] for e in before}
    assert [each["risk"] for each in after] == [each["risk"] for each in before]
    assert "No problems." in said(page)


def test_what_is_only_proposed_has_to_be_confirmed_with_a_reason(own):
    _name, page = editing(own, text=write_yaml(proposing()))

    assert "Still to be set: DP-1." in said(page)
    page = press(page, "Put it in use")
    assert "say why" in said(page)
    assert load_framework("small").version == "2026.1"
    (confirmed,) = [each for each in page.checkbox if "as proposed" in each.label]
    confirmed.check().run()
    areas(page)["Why, or who decided it"].set_value("Pilot until May").run()
    page = press(page, "Put it in use")

    assert load_framework("small").version == "2026.2"
    assert own.store.uses()[0].reason == "Pilot until May"
    assert "1 still to be set" in said(draw("frameworks"))
    own.create(load_framework("small"), {"DP-1": "a"})
    assert "something is only proposed" in said(draw("profile", assessment="case"))


def test_what_is_settled_loses_its_mark_and_nothing_else(own):
    name, page = editing(own, text=write_yaml(proposing()))
    before = read_yaml(own.store.draft(name).text).data
    assert "To be set: the risk of each answer." in said(page)

    page = press(page, "This is settled")

    after = read_yaml(own.store.draft(name).text).data
    question = before["sections"][1]["questions"][0]
    assert {**question, "sources": ["Own question"]} == after["sections"][1]["questions"][0]
    assert "To be set" not in said(page)
    page = press(page, "Put it in use")
    assert load_framework("small").version == "2026.2"
    assert "put in use by Ana on" in said(page)


def test_a_draft_that_keeps_its_version_cannot_be_put_in_use(own):
    begun = own.store.begin_draft(TEXT.replace("weight: 3", "weight: 4", 1), "Ana")

    page = draw("frameworks", draft=begun.id)

    assert 'Write a new version, such as "2026.2"' in said(page)
    assert "Put it in use" not in [each.label for each in page.button]


def test_a_shipped_one_is_copied_under_another_name(own, monkeypatch):
    digests = {"x" * 64: ("small", "2026.1")}
    monkeypatch.setattr("procurement_risk.framework.origin.shipped", lambda: digests)
    page = draw("frameworks")
    assert "Edit" not in [each.label for each in page.button]

    page = press(page, "Make the copy and edit it")

    (draft,) = own.store.every_draft()
    data = read_yaml(draft.text).data
    assert (data["id"], data["version"]) == ("our-small", "1")
    assert data["title"] == f"{SMALL['title']}, our copy"
    assert data["sections"] == SMALL["sections"]


def test_a_draft_that_is_gone_is_said_to_be(own):
    assert "no longer here" in said(draw("frameworks", draft="nothing"))


def test_fields_of_every_language_stand_one_under_the_other(own):
    from procurement_risk.framework.yaml_writing import write_yaml

    _name, page = editing(own, "about", write_yaml(IMPACT))

    assert {"Title, in English", "Title, in français"} <= areas(page).keys()
