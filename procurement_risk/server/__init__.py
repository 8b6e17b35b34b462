"""What serves a team: settings, sign-in, and the layers between the network and the pages.

network ── hosts ── proxy ── requests ── headers ── limits ── gate ──> pages, and ``mounted``

In personal mode nothing of it is in the way: ``modes`` says which of the two this process is.
"""
