"""What the YAML parser says of a syntax error, in plain words."""

from __future__ import annotations

from procurement_risk.language import N_, _

# What the parser says, C or Python, and what to tell the author.
PLAIN_WORDS: tuple[tuple[str, str], ...] = (
    ("tab character", N_("A tab is used as an indent here: write spaces.")),
    (
        "mapping values are not allowed",
        N_(
            "There is a colon too many here, or the line is indented "
            'wrongly: write a text that contains ": " in quotes.'
        ),
    ),
    ("found unexpected end of stream", N_("The quote opened here is never closed: close it.")),
    ("unexpected end of stream", N_("The file ends too early: close what is still open.")),
    ("document indicator", N_("The quote opened here is never closed: close it.")),
    (
        "unknown escape character",
        N_("This backslash means nothing: write it twice, or use single quotes."),
    ),
    (
        "hexdecimal",
        N_("Digits are missing after this backslash: write it twice, or use single quotes."),
    ),
    ("Unicode character escape", N_("This backslash stands for no character: write it twice.")),
    ("',' or ']'", N_("A comma or the closing {square} is missing in this list: add it.")),
    ("',' or '}'", N_("A comma or the closing {curly} is missing between these braces: add it.")),
    (
        "expected node content",
        N_("A value is missing before this: write it, or close the bracket."),
    ),
    (
        "could not find expected ':'",
        N_("A colon is missing after this key, or a long text needs quotes: add it."),
    ),
    (
        "comment or line break",
        N_("Nothing but a line break may follow | or >: begin the text on the next line."),
    ),
    (
        "expected '-' indicator",
        N_(
            "This line does not belong to the list above it: begin it with - "
            "or indent it as its key is."
        ),
    ),
    (
        "expected key",
        N_(
            "This line does not fit the lines above it: check its indent, and that "
            "quotes and brackets are closed."
        ),
    ),
    (
        "block end",
        N_(
            "This line does not fit the lines above it: check its indent, and that "
            "quotes and brackets are closed."
        ),
    ),
    (
        "block sequence entries",
        N_("A list item cannot begin here: put the - on a line of its own."),
    ),
    ("expected alphabetic or numeric", N_("Write a text that begins with * or & in quotes.")),
    ("document start", N_("This line does not fit what stands above it: check its indent.")),
    ("directive", N_("A line may not begin with {percent}: write the text in quotes.")),
    ("tag", N_("Write a text that begins with ! in quotes: tags are not used here.")),
)


def in_plain_words(said: str, character: str) -> str:
    """Return what to tell the author where the parser ``said`` this before ``character``."""
    if "cannot start any token" in said:
        if character == "\t":
            return _("A tab is used as an indent here: write spaces.")
        message = _("A text may not begin with {sign}: write the whole text in quotes.")
        return message.format(sign=character)
    for words, message in PLAIN_WORDS:
        if words in said:
            return _(message).format(square="]", curly="}", percent="%")
    message = _("This is not YAML ({said}): check quotes, brackets and indents around here.")
    return message.format(said=said)
