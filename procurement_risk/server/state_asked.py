"""What a visit keeps is looked up where a widget asks for one thing of it, and not gathered.

Streamlit puts all that a visit keeps together for each widget that may have been emptied by the
script, to see whether it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from streamlit.runtime.state import SafeSessionState
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

_gathered = SafeSessionState.filtered_state


class _Asked(Mapping[str, Any]):
    """What a visit keeps under the keys of widgets and of the script."""

    def __init__(self, state: SafeSessionState) -> None:
        self._state = state

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  whatever is kept
        if is_element_id(key) or key.startswith(STREAMLIT_INTERNAL_KEY_PREFIX):
            raise KeyError(key)
        with self._state._lock:
            return self._state._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def _all(self) -> dict[str, Any]:
        found: dict[str, Any] = _gathered.__get__(self._state)
        return found


def ask() -> None:
    """Look it up so, from now on."""
    SafeSessionState.filtered_state = property(_Asked)  # type: ignore[assignment]
