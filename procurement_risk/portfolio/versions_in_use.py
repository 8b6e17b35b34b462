"""Which version of each questionnaire is in use, and which assessments stand on another one."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_risk.framework import Framework
from procurement_risk.framework import origin as origins
from procurement_risk.storage import Store


def versions_in_use(store: Store) -> Mapping[str, Framework]:
    """Return the questionnaires that assessments can be started from now, by their ids."""
    retired = store.retired_questionnaires()
    return {each.id: each for each in origins.in_folders() if each.id not in retired}


def other_in_use(
    in_use: Mapping[str, Framework], framework_id: str, version: str
) -> Framework | None:
    """Return the version in use where an assessment stands on another one; None where not."""
    found = in_use.get(framework_id)
    return found if found is not None and found.version != version else None
