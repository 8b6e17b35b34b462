"""``python -m procurement_risk``."""

from procurement_risk.cli.main import main

main(prog_name="python -m procurement_risk")
