"""The organisation's own questionnaires as files: the one in use, and every version there was.

own folder ─┬─ acme-core.yaml               the one in use
            └─ versions/acme-core/1.yaml …  each version, as it was put in use
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from procurement_risk.errors import UsageError
from procurement_risk.framework import Framework
from procurement_risk.framework.files import VERSIONS, own_folder, read_file, shown
from procurement_risk.framework.overlay.notices import base_file
from procurement_risk.framework.yaml_source import MAX_BYTES
from procurement_risk.language import _

_ODD = re.compile(r"[^A-Za-z0-9._-]")


def put_in_folder(framework: Framework, text: bytes) -> Path:
    """Make ``text``, which holds ``framework``, the one in use, and return its file.

    It is kept by its version as well, and so is what stood there before.

    Raises:
        UsageError: If nothing can be written there; what stood there still does.
    """
    path = own_folder() / f"{framework.id}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            before = read_file(path)
            if before.framework is not None:
                _keep(before.framework, before.text)
        _keep(framework, text)
        _keep_bases(framework)
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(text)
        beside.replace(path)
    except OSError as error:
        message = _(
            "{file} cannot be written: {reason}. Nothing was changed. Ask whoever runs this "
            "installation for the right to write there."
        )
        reason = error.strerror or _("cannot be written")
        raise UsageError(message.format(file=shown(path), reason=reason)) from error
    return path


def kept_text(framework: Framework) -> bytes:
    """Return the file of one of our own versions, as it was put in use; empty where none is."""
    path = _place(framework)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        return b""


def _keep(framework: Framework, text: bytes) -> None:
    path = _place(framework)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def _keep_bases(framework: Framework) -> None:
    """Keep what an overlay rests on beside it: the next version of that may take its place."""
    found = base_file(framework)
    while found is not None:
        path, base = found
        _keep(base, path.read_bytes())
        found = base_file(base)


def _place(framework: Framework) -> Path:
    """Return the file of a version; one that is no name for a file gets a part of its digest."""
    name = _ODD.sub("-", framework.version)[:80].strip(".")
    if name != framework.version:
        digest = hashlib.sha256(framework.version.encode()).hexdigest()
        name = f"{name}-{digest[:12]}"
    return own_folder() / VERSIONS / framework.id / f"{name}.yaml"
