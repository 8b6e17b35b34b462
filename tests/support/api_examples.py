"""The HTTP interface to a store with two organisations, and a token for each role in one."""

import warnings
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from starlette.applications import Starlette

from procurement_risk.server.api.application import below
from procurement_risk.server.hosts import Addresses
from procurement_risk.storage.people.permissions import ROLES
from tests.support.stored_examples import FRAMEWORK_DOCUMENT, FULL, framework

with warnings.catch_warnings():  # it would rather have a successor of httpx
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

MINE, THEIRS = "mine", "theirs"
HOME, AWAY = "Exampleshire Council", "Otherham Borough"


class Served:
    """An interface, and what is behind it."""

    def __init__(self, store, door=None):
        self.store = store
        self.home = store.add_organisation(HOME, "Ada")
        self.away = store.add_organisation(AWAY, "Ada")
        for name, buyer in ((MINE, HOME), (THEIRS, AWAY)):
            store.create(bought_by(name, buyer), framework(), "Ada")
        mounted = Starlette(routes=below(store, door))
        self.app = Addresses(mounted, None)
        self.tokens = {role: self.token(role) for role in ROLES}

    def token(self, role, until=""):
        """The text of a token of somebody with a role at home."""
        sections = ("DP",) if role == "specialist" else ()
        day = until or _tomorrow()
        return self.store.make_token(role, role, self.home, day, "Ada", sections=sections)

    def client(self, role="officer", token=""):
        """A client with a token; of a role, or one that is given."""
        headers = {"Authorization": f"Bearer {token or self.tokens[role]}"}
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)


def bought_by(name, buyer):
    """An assessment that is not decided yet."""
    purchase = replace(FULL.purchase, id=f"p-{name}", buyer=buyer)
    draft = replace(FULL, id=name, purchase=purchase, state="draft")
    return replace(draft, decision=None, overrides=())


def for_the_supplier():
    """The small questionnaire, in which the supplier answers what is asked about data."""
    document = deepcopy(FRAMEWORK_DOCUMENT)
    for section in document["sections"]:
        for question in section["questions"] if section["id"] == "DP" else ():
            question["answered_by"] = "joint"
    return framework(sections=document["sections"], version="2026.2")


def _tomorrow():
    return (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
