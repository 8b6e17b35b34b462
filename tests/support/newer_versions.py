"""The next version of the small framework: with its questions changed, or one renamed."""

import json
from copy import deepcopy

from tests.support.framework_documents import SMALL


def newer(change):
    """The next version, with its question DP-1 changed."""
    document = {**deepcopy(SMALL), "version": "2026.2"}
    change(document["sections"][1]["questions"])
    return document


def renamed(**more):
    """The next version, in which DP-1 is called DP-9 wherever it is named."""
    document = json.loads(json.dumps(newer(lambda _q: None)).replace('"DP-1"', '"DP-9"'))
    document["sections"][1]["questions"][0].update(more)
    return document
