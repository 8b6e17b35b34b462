"""What others rely on who join in: the index of documents, the hooks, one list of packages."""

import re
import subprocess
import tomllib

import pytest
import yaml

from procurement_risk.cli.main import main
from tests.support.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DOCUMENTS = sorted((ROOT / "docs").rglob("*.md"))


def unlisted(index, documents):
    """Return the names of ``documents`` that the text ``index`` has no link to."""
    return [name for name in documents if f"]({name})" not in index]


def test_the_index_names_every_document():
    names = [path.relative_to(ROOT / "docs").as_posix() for path in DOCUMENTS]
    names.remove("README.md")
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert len(names) > 20
    assert unlisted(index, names) == []
    assert unlisted(index, [*names, "gone.md"]) == ["gone.md"]


def hooks(text):
    """Return the hooks in a file of pre-commit's by their ids."""
    document = yaml.safe_load(text)
    if isinstance(document, dict):
        document = [hook for repo in document["repos"] for hook in repo["hooks"]]
    return {hook["id"]: hook for hook in document}


def test_the_hook_for_others_runs_our_check_on_frameworks():
    hook = hooks((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))["check-framework"]
    program, command = hook["entry"].split()
    assert PROJECT["project"]["scripts"][program] == "procurement_risk.cli.main:main"
    assert command in main.commands
    files = re.compile(hook["files"])
    assert files.search("frameworks/ours.yaml")
    assert files.search("a/frameworks/b/ours.yaml")
    assert not files.search(".pre-commit-config.yaml")
    assert not files.search("old-frameworks/ours.yaml")


def test_our_own_hooks_run_what_make_check_runs():
    ours = hooks((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    checks = re.findall(r"-m ((?:ruff|mypy).*)", makefile)
    entries = [hook["entry"].removeprefix(".venv/bin/python -m ") for hook in ours.values()]
    assert [check.removesuffix(" .") for check in checks] == entries[:-1]
    assert entries[-1] == "procurement_risk check"


def test_the_example_for_others_in_the_guide_names_a_hook_there_is():
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    offered = hooks((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hooks(example).keys() <= offered.keys()


@pytest.mark.parametrize("listed", ["requirements.txt", "requirements-dev.txt"])
def test_the_lists_are_compiled_from_what_we_want(listed):
    """Each pin we name stands there with hashes, so neither can drift from the other."""
    wanted = list(PROJECT["project"]["dependencies"])
    if listed == "requirements-dev.txt":
        wanted += PROJECT["dependency-groups"]["dev"]
    text = (ROOT / listed).read_text("utf-8")
    assert "pyproject.toml" in text.splitlines()[1]
    pins = {_pin(each) for each in wanted if "==" in each}
    assert len(pins) >= len(wanted) - 1  # numpy alone is bounded, not pinned
    lines = re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?(==\S+) .*\\\n    --hash=", text, re.MULTILINE)
    assert pins - {name + version for name, version in lines} == set()


def _pin(wanted):
    """Return a pin as the lists write it, where ``ruamel.yaml`` is called ``ruamel-yaml``."""
    pin, *_ = wanted.split(";")  # after it stands which systems it is for
    name, version = re.sub(r"\[.*?\]", "", pin).split("==")
    return f"{re.sub(r'[-_.]+', '-', name).lower()}=={version}"


def test_a_pin_is_compared_by_the_name_that_an_index_knows_it_by():
    assert _pin("ruamel.yaml==0.19.1") == "ruamel-yaml==0.19.1"
    assert _pin("psycopg[binary]==3.3.9") == "psycopg==3.3.9"
    assert _pin("uvloop==0.23.0; sys_platform != 'win32'") == "uvloop==0.23.0"
    assert _pin("Authlib==1.9.9") != _pin("authlib==1.9.8")


def test_the_wheel_is_built_with_what_the_tests_build_it_with():
    assert set(PROJECT["build-system"]["requires"]) <= set(PROJECT["dependency-groups"]["dev"])


@pytest.mark.parametrize(
    ("found", "taken"),
    [
        ({"a/python3.11": "slow", "b/python3.11": "quick", "b/python3": "quick"}, "b/python3.11"),
        ({"a/python3": "quick", "b/python3.12": "quick", "b/python3.13": None}, "b/python3.12"),
        ({"a/python3": "slow", "b/python3.11": "slow"}, "b/python3.11"),
        ({"a/python3.13": None}, None),
        ({}, None),
    ],
)
def test_the_environment_is_made_with_the_newest_python_that_is_quick(tmp_path, found, taken):
    """One that is not there, starts nothing or is too old is left out; a slow one is better."""
    for place, told in found.items():
        path = tmp_path / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\necho {told}\n" if told else "#!/bin/sh\nexit 1\n", "utf-8")
        path.chmod(0o755)
    path = {"PATH": f"{tmp_path}/a:{tmp_path}/b"}
    run = subprocess.run([ROOT / "scripts" / "python"], env=path, capture_output=True, text=True)
    assert run.stdout == (f"{tmp_path}/{taken}\n" if taken else "")
    assert run.returncode == (0 if taken else 1)
    assert ("Python 3.11 or newer is needed, and none was found." in run.stderr) is (not taken)


def test_what_tells_of_a_python_says_whether_it_was_compiled_to_be_quick():
    script = (ROOT / "scripts" / "python").read_text("utf-8")
    (about,) = re.findall("about='\n(.*?)'\n", script, re.DOTALL)
    for compiled, prefix, told in (
        ("'--enable-optimizations' '--with-lto'", "/opt/python", "quick"),
        ("'--prefix=/usr'", "/usr", "quick"),
        ("'--enable-shared'", "/home/ana/.pyenv/versions/3.11.7", "slow"),
        (None, "C:/Python", "slow"),
    ):
        asked = about.replace('sysconfig.get_config_var("CONFIG_ARGS")', repr(compiled))
        asked = asked.replace("sys.base_prefix", repr(prefix))
        assert asked.count(repr(prefix)) == 1
        said = []
        exec(asked, {"print": said.append})
        assert said == [told]
