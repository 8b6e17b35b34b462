"""Percentiles and Markdown tables for the report."""


def percentile(values, percent):
    """Return the value that ``percent`` per cent of ``values`` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def table(titles, rows):
    """Return a Markdown table; the first column is text, the others are numbers."""
    lines = [
        row(titles),
        "|---|" + "---:|" * (len(titles) - 1),
        *map(row, rows),
    ]
    return "\n".join(lines)


def row(cells):
    """Return one row of a Markdown table, for those that are printed as they are measured."""
    return "| " + " | ".join(map(str, cells)) + " |"


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
