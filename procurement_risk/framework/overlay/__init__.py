"""Overlays: questionnaires that say only what they change in another.

file ── extends: id@version ── bases ── the other one, whole
└──── merging, by the table in fields ── one document, whole, and what may not be changed
"""
