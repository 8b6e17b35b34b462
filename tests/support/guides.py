"""A guide whose blocks are followed: what is typed, what is run, what is shown.

A comment above each block of the guide says what is done with it:

    append              it goes to the end of the framework file
    before: LINE        it goes above that line          (a line is named without its indent,
    after: LINE         it goes below that line           and stands in the file once)
    replace: LINE       it takes the place of that line
    file: NAME          it is a file of its own
    copy: NAME          it copies the framework file to that name
    run                 it is a command
    output              it is what the last command prints
    not run             a command that the guide only mentions
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from procurement_risk.cli.main import main

FENCE = re.compile(r"^```[a-z]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(
    r"^<!-- ([a-z ]+)(?:: ([^\n]+?))? -->\n" + FENCE.pattern[1:], re.DOTALL | re.MULTILINE
)


class Reader:
    """Somebody in an empty folder who does what a guide says, one block after another.

    Attributes:
        file: The framework file that the guide is about.
        is_there: Whether it is there, and empty, when the guide begins.
        printed: What the last commands printed, until the guide says so.
        wrong: What was shown and not printed, or printed and not shown.
        commands: The commands that were run.
    """

    def __init__(self, file: Path, *, is_there: bool = True) -> None:
        self.file, self.is_there = file, is_there
        self.printed: list[str] = []
        self.wrong: list[str] = []
        self.commands: list[str] = []

    def follow(self, guide: str) -> None:
        """Do what stands there; afterwards ``wrong`` holds what was shown and not printed."""
        self.file.parent.mkdir()
        if self.is_there:
            self.file.write_text("", "utf-8")
        for what, which, text in BLOCK.findall(guide):
            self.do(what, which, text)
        self.wrong += self.printed

    def do(self, what: str, which: str, text: str) -> None:
        """Do what one block asks for."""
        if what == "run":
            self.wrong += self.printed
            self.printed = [self.run(line) for line in text.splitlines()]
        elif what == "output":
            if self.printed != [text]:
                self.wrong.append(text)
            self.printed = []
        elif what == "file":
            Path(which).write_text(text, "utf-8")
        elif what == "copy":
            Path(which).parent.mkdir(exist_ok=True)
            Path(which).write_text(self.file.read_text("utf-8"), "utf-8")
        elif what != "not run":
            self.edit(what, which, text)

    def run(self, line: str) -> str:
        """Run a command, and return what it printed."""
        start, arguments = shlex.split(line)[:3], shlex.split(line)[3:]
        assert start == ["python", "-m", "procurement_risk"]
        self.commands.append(arguments[0])
        return CliRunner().invoke(main, arguments).output

    def edit(self, what: str, which: str, text: str) -> None:
        """Change the framework file as a block says."""
        lines = self.file.read_text("utf-8").splitlines(keepends=True)
        here = len(lines)
        if what != "append":
            (here,) = (n for n, line in enumerate(lines) if line.strip() == which)
        start, end = {
            "append": (here, here),
            "before": (here, here),
            "after": (here + 1, here + 1),
            "replace": (here, here + 1),
        }[what]
        lines[start:end] = [text]
        self.file.write_text("".join(lines), "utf-8")
