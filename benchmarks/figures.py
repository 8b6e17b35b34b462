"""Percentiles and Markdown tables for the report."""


def percentile(values, percent):
    """Return the value that ``percent`` per cent of ``values`` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def table(titles, rows):
    """Return a Markdown table; the first column is text, the others are numbers."""
    lines = [
        "| " + " | ".join(titles) + " |",
        "|---|" + "---:|" * (len(titles) - 1),
        *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows),
    ]
    return "\n".join(lines)


def ms(value):
    """Return milliseconds with as many digits as mean anything."""
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def ratio(value):
    """Return how many times as much."""
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def spread(values, words):
    """Return the median with the least and the most, each in ``words``."""
    low, high = words(min(values)), words(max(values))
    return f"{words(percentile(values, 50))} ({low} to {high})"
