"""What the documents say is there is there, and what is there they say."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from procurement_risk.cli.main import main
from procurement_risk.exports import EXPORTS
from procurement_risk.server.settings import PREFIX, SECRETS, Team, variable
from tests.support.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")

# Only tests and their runner read these; each is explained where it is read.
TEST_SETTINGS = {"PROCUREMENT_RISK_REFERENCE", "PROCUREMENT_RISK_TEST_POSTGRES"}

# Words from how the toolkit was made, which mean nothing to those who use it.
OUT_OF_PLACE = ("helper", "subagent", "work/shared", "/tmp/")

FENCE = re.compile(r"^(```+).*?^\1", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(`+).+?\1")
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
SOURCE_OF_IMAGE = re.compile(r"""<(?:img|source|a)\s[^>]*?(?:src|srcset|href)=["']([^"']+)""")


def files():
    """Return every file of the repository, those not yet committed too."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("This copy is no git repository, so its files cannot be told from others.")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def text_of(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def section(title):
    """Return what stands in the README under ``title``, up to the next title of that size."""
    (found,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.DOTALL | re.MULTILINE)
    return found


@pytest.mark.parametrize("name", main.commands)
def test_the_readme_shows_every_command(name):
    shown = re.findall(r"^python -m procurement_risk (\S+)", section("Command line"), re.MULTILINE)
    assert name in shown


def test_the_readme_shows_no_other_command():
    shown = re.findall(r"python -m procurement_risk ([a-z]\S*)", README)
    assert set(shown) <= set(main.commands)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_readme_names_every_export_format(name):
    assert f"`{name}`" in section("Command line")


@pytest.mark.parametrize("name", EXPORTS)
def test_a_document_says_what_an_export_format_holds(name):
    """By name in the list of all, and in a heading or a table of what is published."""
    formats = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    published = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    described = [*re.findall(r"^## .*", formats, re.MULTILINE), *published.splitlines()]
    assert formats.count(f"`{name}`") >= 1
    assert any(f"`{name}`" in line for line in described if line.startswith(("##", "|")))


def test_the_readme_shows_only_options_there_are():
    """Each belongs to the command it stands beside."""
    for line in section("Command line").splitlines():
        if found := re.match(r"python -m procurement_risk (\S+)(.*)", line):
            command = main.commands[found[1]]
            if isinstance(command, click.Group):
                command = command.commands[found[2].split()[0]]
            known = {each for option in command.params for each in option.opts}
            assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", found[2])) <= known


def commands(command, name=""):
    """Every command by its name, those of a group by both names."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for own, each in command.commands.items():
        yield from commands(each, f"{name} {own}".strip())


def not_shown(readme):
    """Each option of a command that no line of the command's in ``readme`` shows."""
    for name, command in commands(main):
        lines = " ".join(
            re.findall(rf"^python -m procurement_risk {name} .*", readme, re.MULTILINE)
        )
        shown = set(re.findall(r"(?<!\S)\[?(--?[a-z][a-z-]*)", lines))
        for option in command.params:
            if isinstance(option, click.Option) and shown.isdisjoint(option.opts):
                yield f"{name} {option.opts[-1]}"


def test_the_readme_shows_every_option():
    assert list(not_shown(README)) == []
    assert "put-in-use --as-proposed" in list(not_shown(README.replace("--as-proposed", "")))


def test_the_settings_table_holds_every_variable_that_is_read():
    documented = set(re.findall(r"^\| `([A-Z_]+)`", section("Settings"), re.MULTILINE))
    named = {
        name
        for path in files()
        if path.suffix != ".md" and path != Path(__file__)
        for name in re.findall(r"PROCUREMENT_RISK_[A-Z_]+", text_of(path))
    }
    of_a_team = {variable(each.name) for each in fields(Team)} - {variable("database")}
    of_a_team |= {f"{variable(name)}_FILE" for name in SECRETS}
    named = named - TEST_SETTINGS - of_a_team - {PREFIX}
    assert named == {name for name in documented if name.startswith("PROC")}


def test_the_guide_for_a_team_holds_every_setting_of_its_server():
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    table = guide.partition("\n## Settings\n")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `([a-z_]+)`", table, re.MULTILINE)
    assert documented == [each.name for each in fields(Team)]


def links(text):
    """Yield every place that a Markdown ``text`` links to or shows a picture from."""
    words = CODE.sub("", FENCE.sub("", text))
    for inline, reference in LINK.findall(words):
        yield inline or reference
    yield from SOURCE_OF_IMAGE.findall(words)


def dead_links(path, text):
    """Return the relative links in ``text`` that lead nowhere from ``path``."""
    relative = [link for link in links(text) if not re.match(r"[a-z][a-z0-9+.-]*:|#|//", link)]
    return [
        link for link in relative if not (path.parent / unquote(link.partition("#")[0])).exists()
    ]


def test_every_relative_link_leads_somewhere():
    pages = [path for path in files() if path.suffix == ".md"]
    assert ROOT / "README.md" in pages
    dead = {str(path.relative_to(ROOT)): dead_links(path, text_of(path)) for path in pages}
    assert {page: found for page, found in dead.items() if found} == {}


def test_a_dead_link_is_found():
    text = """
[there](README.md), [a heading](README.md#settings), [elsewhere](https://example.org/x.md),
[here](#settings), [gone](gone.md), ![no picture](docs/no.png "Title"), <img src="gone.svg">,
`[code](code.md)`, [folder](docs/)

```
[more code](code.md)
```

[below]: gone-too.md
"""
    dead = ["gone.md", "docs/no.png", "gone-too.md", "gone.svg"]
    assert dead_links(ROOT / "README.md", text) == dead


def misplaced(text):
    return [word for word in OUT_OF_PLACE if word in text.casefold()]


def test_no_file_speaks_of_how_it_was_made():
    found = {
        str(path.relative_to(ROOT)): misplaced(text_of(path))
        for path in files()
        if path != Path(__file__)
    }
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("text", ["Ask a Helper.", "see /work/shared/x.md", "cd /tmp/x"])
def test_a_word_from_how_it_was_made_is_found(text):
    assert misplaced(text)
