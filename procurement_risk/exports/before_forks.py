"""What the process does once that others are forked from, after it has imported all they need.

What it holds is no garbage: a search for garbage would write on every page of it, so that each
fork had a copy of its own.
"""

import gc

import procurement_risk.exports  # noqa: F401

gc.collect()
gc.freeze()
