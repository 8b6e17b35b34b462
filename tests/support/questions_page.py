"""The Questions page as a script of its own, for the tests that draw no other page."""

QUESTIONS = """
from procurement_risk.views import frame
from procurement_risk.views.answer import autosave, page
from procurement_risk.views.shared import session
session.remember_pages({each.address: each.drawn(first=False) for each in frame.PAGES})
autosave.sweep()
page.page()
"""
"""Its links lead to the other pages, which the frame knows."""
