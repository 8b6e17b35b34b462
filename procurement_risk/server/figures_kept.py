"""The figures themselves, in the form that Prometheus reads. Read only where a team is served."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
NAME = "procurement_risk"


class Kept:
    """Every figure of one process. No label holds anything that a person typed."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            f"{NAME}_requests",
            "Requests answered, by the beginning of the address and the status.",
            ["path", "status"],
            registry=self.registry,
        )
        self.saves = Counter(
            f"{NAME}_saves", "Changes written to the store.", registry=self.registry
        )
        self.refusals = Counter(
            f"{NAME}_refusals", "What was refused, and why.", ["reason"], registry=self.registry
        )
        self.visits = Gauge(
            f"{NAME}_open_visits", "Pages that are open in a browser.", registry=self.registry
        )
        self.queues = Gauge(
            f"{NAME}_queue_length", "What waits, by queue.", ["queue"], registry=self.registry
        )
        self.pages = Histogram(
            f"{NAME}_page_seconds",
            "How long a page took to be drawn.",
            ["page"],
            buckets=SECONDS,
            registry=self.registry,
        )
