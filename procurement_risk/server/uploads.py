"""What is uploaded stays in memory until its visit ends: how much that may be, and giving it back.

Streamlit takes an upload on any page, with an uploader or not, as often as it comes.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Collection

from starlette.exceptions import HTTPException
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

FILES_A_VISIT = 1_000
BYTES_A_VISIT = 100_000_000
BYTES_ALTOGETHER = 300_000_000
WORTH_GIVING_BACK = 1_000_000

TOO_MUCH = 413


def bound() -> None:
    """Limit what the running server keeps of uploads, once."""
    if runtime.exists():
        bound_in(
            runtime.get_instance().uploaded_file_mgr, runtime.get_instance().is_active_session
        )


def bound_in(manager: object, is_open: Callable[[str], bool]) -> None:
    """Limit what ``manager`` keeps, where that is Streamlit's own and not limited yet.

    Args:
        manager: What the server keeps uploads in.
        is_open: Whether somebody is at the visit of an id; one that was left is kept for a while.
    """
    if not isinstance(manager, MemoryUploadedFileManager) or "add_file" in vars(manager):
        return
    add, remove = manager.add_file, manager.remove_session_files

    def remove_session_files(session_id: str) -> None:
        held = _bytes(manager, [session_id])
        remove(session_id)
        if held > WORTH_GIVING_BACK:
            give_back()

    def add_file(session_id: str, file: UploadedFileRec) -> None:
        _refuse_too_much(manager, session_id, file)
        if _bytes(manager, list(manager.file_storage)) + len(file.data) > BYTES_ALTOGETHER:
            for left in [each for each in list(manager.file_storage) if not is_open(each)]:
                remove_session_files(left)
        if _bytes(manager, list(manager.file_storage)) + len(file.data) > BYTES_ALTOGETHER:
            raise HTTPException(TOO_MUCH, "Others have sent too much. Try again in a while.")
        add(session_id, file)

    vars(manager).update(add_file=add_file, remove_session_files=remove_session_files)


def _refuse_too_much(
    manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec
) -> None:
    number = len(manager.file_storage.get(session_id, {}))
    size = _bytes(manager, [session_id]) + len(file.data)
    if number >= FILES_A_VISIT or size > BYTES_A_VISIT:
        raise HTTPException(TOO_MUCH, "Too much for one visit. Load the page again to go on.")


def _bytes(manager: MemoryUploadedFileManager, visits: Collection[str]) -> int:
    kept = [list(manager.file_storage.get(each, {}).values()) for each in visits]
    return sum(len(file.data) for files in kept for file in files)


def give_back() -> None:
    """Give memory that is free back to the system, which glibc keeps for itself otherwise."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
