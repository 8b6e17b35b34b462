"""Two options or two questions that read the same are warned of, by line."""

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.framework.alike import alike
from procurement_risk.framework.files import check_text
from tests.support.framework_documents import TEXT

LABEL = "- {id: c, risk: 4, label: Unknown}"
ASK = "ask: Where are the data held?"


def warned(text):
    framework, problems = check_text(text)
    assert not problems
    return [(each.line, each.message) for each in alike(framework, text)]


def line_of(text, part):
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_what_differs_is_not_warned_of():
    assert warned(TEXT) == []


@pytest.mark.parametrize("label", ["Abroad", '"  aBROAD "', '{en: "abroad"}'])
def test_two_options_that_read_the_same(label):
    text = TEXT.replace(LABEL, f"- {{id: c, risk: 4, label: {label}}}")
    if "en:" in label:
        text = text.replace("label: Abroad}", "label: {en: Abroad}}")
        text = text.replace("\nversion:", "\nlanguages: [en]\nversion:")
    ((line, message),) = warned(text)

    assert line == line_of(text, "{id: c, risk: 4, label: " + label)
    first = line - 1
    assert 'Two options of "DP-2" read the same' in message
    assert message.endswith(f"The first is on line {first}.")


def test_two_questions_that_ask_the_same_by_command_too(tmp_path, monkeypatch):
    text = TEXT.replace("ask: What does the supplier publish?", ASK.replace("data", "DATA "))
    line = line_of(text, "DATA")
    ((found, message),) = warned(text)
    assert (found, message[:31]) == (line, '"DP-2" and "TR-1" ask the same,')

    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(text)
    said = CliRunner().invoke(main, ["check", "small.yaml"])
    assert said.exit_code == 0
    assert f'small.yaml:{line}:9: warning: "DP-2" and "TR-1" ask the same' in said.stderr
