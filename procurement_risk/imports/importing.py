"""What every way in says of itself: which files it takes, and where they are brought."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One format that comes in.

    Attributes:
        name: What the documentation calls it.
        title: What the field for its files is called.
        endings: What its files' names end in, without the dot, refused forms among them.
        largest: The largest file that a page takes, in MB.
        command: The command that takes it.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    largest: int
    command: str
