"""What Streamlit does at its start of which this app has no use, and for which somebody waits.

It looks into every installed package for components, into its own callers for whether it runs in
a terminal, and imports NumPy before it sees that a picture is an address.
"""

from __future__ import annotations

from typing import Any

from streamlit import delta_generator
from streamlit.commands import logo, page_config
from streamlit.components.v2 import manifest_scanner
from streamlit.elements.lib import image_utils

SERVED = "/app/static/"
"""Where browsers find what lies in ``STATIC``, and keep it."""


def spare() -> None:
    """Leave it out, from now on. Before the server is made."""
    manifest_scanner.scan_component_manifests = _no_components
    delta_generator._use_warning_has_been_displayed = True
    for module in (page_config, logo):
        vars(module)["image_to_url"] = _address


def _no_components(max_workers: int | None = None) -> list[Any]:
    return []


def _address(image: Any, *rest: Any, **more: Any) -> str:  # noqa: ANN401  as Streamlit has it
    """Return a picture's address, which it is already where it lies among what we serve."""
    if isinstance(image, str) and image.startswith(SERVED):
        return image
    return image_utils.image_to_url(image, *rest, **more)
