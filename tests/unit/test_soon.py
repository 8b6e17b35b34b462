"""What draws charts is named to the browser as this Streamlit calls it."""

import re
from pathlib import Path

from streamlit import file_util

from procurement_risk.views.shared import soon


def test_the_script_that_draws_charts_is_named_and_there():
    (name,) = re.fullmatch(r' data-soon="(PlotlyChart\.[\w-]+\.js)"', soon.charts()).groups()
    script = Path(file_util.get_static_dir()) / "static" / "js" / name
    assert script.stat().st_size > 1_000_000
