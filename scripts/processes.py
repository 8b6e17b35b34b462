"""Prints in how many processes the tests run: ``python -m scripts.processes``.

Browser tests wait for half their time, so there are more processes than processors. Each has an
app and a Chromium of its own, so there are never many.
"""

import os

MOST = 4

if __name__ == "__main__":
    print(min((os.cpu_count() or 1) + 1, MOST))
