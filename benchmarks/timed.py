"""``streamlit`` with a stopwatch: appends to a file how long each run of a script took.

BENCHMARK_TIMES=times.txt python -m benchmarks.timed run app.py
"""

import os
import time
from pathlib import Path

from streamlit.runtime.scriptrunner import script_runner
from streamlit.web.cli import main

_run = script_runner.exec_func_with_error_handling


def _run_timed(*args, **kwargs):
    begun = time.perf_counter()
    try:
        return _run(*args, **kwargs)
    finally:
        took = (time.perf_counter() - begun) * 1000
        with Path(os.environ["BENCHMARK_TIMES"]).open("a") as times:
            times.write(f"{took:.3f}\n")


if __name__ == "__main__":
    script_runner.exec_func_with_error_handling = _run_timed
    main()
