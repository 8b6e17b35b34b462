"""What is uploaded is limited by visit and altogether, and what was left makes room first."""

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from procurement_risk.server import uploads

MB = 1_000_000


class Sized(bytes):
    """Bytes that say they are many."""

    def __len__(self):
        return 9 * MB


@pytest.fixture
def kept():
    """What Streamlit keeps uploads in, and who is at their visit."""
    manager = MemoryUploadedFileManager("/upload")
    manager.present = {"ada"}
    uploads.bound_in(manager, manager.present.__contains__)
    uploads.bound_in(manager, manager.present.__contains__)  # each page asks again
    return manager


def send(kept, visit, number, data=Sized()):  # noqa: B008  never changed
    for each in range(number):
        kept.add_file(visit, UploadedFileRec(f"{visit}-{each}", "a.json", "text/plain", data))


def test_a_visit_keeps_so_many_bytes_and_no_more(kept):
    send(kept, "ada", 11)
    with pytest.raises(HTTPException, match=r"413.*one visit"):
        kept.add_file("ada", UploadedFileRec("more", "a.json", "text/plain", Sized()))
    assert len(kept.get_files("ada", [f"ada-{each}" for each in range(20)])) == 11
    kept.remove_session_files("ada")
    send(kept, "ada", 11)


def test_a_visit_keeps_so_many_files_and_no_more(kept):
    send(kept, "ada", uploads.FILES_A_VISIT, b"")
    with pytest.raises(HTTPException, match=r"413"):
        kept.add_file("ada", UploadedFileRec("more", "a.json", "text/plain", b""))


def test_what_was_left_makes_room_and_nobody_who_is_there_loses_anything(kept):
    kept.present |= {"bea", "cid", "dan"}
    for visit in ("ada", "bea", "cid"):
        send(kept, visit, 11)
    with pytest.raises(HTTPException, match=r"413.*Others"):
        send(kept, "dan", 1)
    kept.present -= {"ada"}
    send(kept, "dan", 1)
    assert set(kept.file_storage) == {"bea", "cid", "dan"}


def test_memory_that_is_free_can_be_given_back_anywhere():
    uploads.give_back()
