"""What slips of the hand look like in a line of YAML, and what is said of each."""

from __future__ import annotations

import re

from procurement_risk.language import N_

KEY = r"[a-z][a-z_]{1,30}"
MOST_OPEN = 3  # brackets in a line that somebody may have forgotten to close
MAX_LINE = 2_000  # longer ones no hand has written, and looking through them takes long
BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where the parser counts a line
NO_BREAK = "\u00a0\u2007\u202f"
ODD = "".join(map(chr, (*range(0x2000, 0x2007), *range(0x2008, 0x200B), 0x205F, 0x3000)))
WIDE = NO_BREAK + ODD
BULLETS = "•◦▪●·‣∙–—\u2212\u2010\u2011\u2012*+"
COMMENT = re.compile(r"//|/\*|;|<!--")
INDENT = re.compile(rf"[ \t{WIDE}]*")
AFTER_SIGN = re.compile(rf"(?<=[:{{,-])[{WIDE}]+|(?<=[:{{,-] )[{WIDE}]+|[{WIDE}]+(?=:)")
OTHERS = "\x85\u2028\u2029"
OTHER_BREAK = re.compile(f"[{OTHERS}]")
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]+")
TIGHT_DASH = re.compile(rf"-(?=\{{|{KEY}:\s)")
EQUALS = re.compile(rf"((?:- )?{KEY})\s*=\s*(?=\S)")
WHOLE = "weight|risk|points|from|add|subtract|tier|level|up_to|scale_max|(?:stop_)?from_tier"
NUMBER_NOTE = re.compile(
    rf"((?:- )?{KEY}: \d+)(?:\s+(?://|;|,).*|[;,]\s*)$"
    rf"|((?:- )?(?:{WHOLE}): \d+)(?:\s+-.*|#.*)$"
)
TEXT_COLON = re.compile(rf"((?:- )?{KEY}: )(?![\"'>|\[{{&*!#])([^\"#]*(?:: [^\"#]*|:))$")
NO_COLON = re.compile(
    r"((?:- )?(?:id|ask|why|good|help|title|label|role|type|when|risk|weight|core|evidence|"
    r"treatment|clauses|sources|answered_by|first_gate|procurement_use|extends|version|method|"
    r"description|languages|scale_max))(?:\s*[,;\u2013\u2014]\s*|\s+)(?=\S)"
)
BOLD = re.compile(rf"(- )?\*\*({KEY})(?::\*\*|\*\*:)\s*")
BARE = re.compile(
    r"((?:- )?(?:sections|questions|options|facts|packs|policy|gates|clauses|sources|tiers|bands))"
    r"$"
)
FIXED = "answered_by|first_gate|procurement_use|id|type|role|pillar|core|class|method|checked"
BULLET = re.compile(
    rf"(?:[{re.escape(BULLETS)}]|-{{2,}}|\d+[.)]|[a-z]\)|- \[[ x]?\])\s+(?={KEY}\s*[:\uff1a]|\{{)"
)
WIDE_COLON = re.compile(rf"((?:^|[{{,]\s*|^- ){KEY})\s*[\uff1a\ufe55]\s*")
NO_SPACE = re.compile(rf"((?:^(?:- )?|[{{,]\s*)(?!https?:)({KEY}|E[0-4])):(?=[^\s:\uff1a])")
BLOCK = re.compile(r":\s+[>|][-+\d]*\s*(?:#.*)?$")
IN_BRACES = re.compile(
    rf"\b(label|title|ask|why|description|because): (?![\"'\[{{])([^{{}}]*?)"
    rf"(?=,\s*{KEY}:\s|\s*\}}\s*$)"
)
QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'")
CUT = re.compile(
    r"(?:- )?(?:ask|why|good|help|label|title|intro|description|evidence|treatment): "
    r"(?![\"'>|\[{])\S.*?\s#(?=\S)"
    r"|(?:- )?(?:ask|why|good|help): (?![\"'>|\[{])\S[^#]*[^\s.?!:;)#\"']\s+#"  # in mid-sentence
)
MEANT = (
    ("tight", TIGHT_DASH, "- "),
    ("bold", BOLD, r"\1\2: "),
    ("bare", BARE, r"\1:"),
    ("equals", EQUALS, r"\1: "),
    ("no_colon", NO_COLON, r"\1: "),
    ("note", NUMBER_NOTE, r"\1\2"),
    ("text_colon", TEXT_COLON, r'\1"\2"'),
)
GROUPS = re.compile(r"\s*(policy|tier_rule|evidence_floor|decisions|red_flag|when):\s*$")
LISTS = frozenset(f"{key}:" for key in ("questions", "options", "sections", "facts", "packs"))
STRAY = re.compile(r"[^\W_][^:\uff1a=\"'{}\[\],]*\s[^:\uff1a=\"'{}\[\],]*$")
ENDED = re.compile(rf"(?:[}}\]\"']|: \d+|\b(?:{FIXED}): \S+)$")
FAR = re.compile(rf"-  +(?={KEY}:\s)")
ONE_LINE = re.compile(rf"(- )(id: [^\s,]+(?:,\s*{KEY}: [^,]+)+)$")
TWO_KEYS = re.compile(
    rf"((?:{WHOLE}|{FIXED}): \S+?)"
    rf"[,;]?\s+({KEY}): .*$"
)
ID_ALONE = re.compile(r" *- id: \S+\s*$")
ONE_KEY = re.compile(rf"- (?!id:){KEY}:\s+(?![\[{{>|])\S")
AFTER_END = re.compile(rf"((?:- \{{|(?:- )?{KEY}: [\[{{]).*[}}\]]),$")
NEXT_KEY = re.compile(rf"\s*(?:- )?(?:{KEY}:(?:\s|$)|\{{|#|$)")

SAID = {
    "wide": N_("A no-break space stands here; it looks like a space and is none: type a space."),
    "odd": N_("A space of another width stands here; it counts as a letter: type a space."),
    "tab": N_("A tab is used as an indent here: write spaces."),
    "break": N_(
        "A line break that cannot be seen stands in this line, as from a web page: delete it."
    ),
    "unseen": N_("A character that cannot be seen stands here: delete it."),
    "tight": N_("A space is missing after the hyphen: write - and a space."),
    "equals": N_("A colon and a space stand after a key, not =: change that."),
    "no_colon": N_('The colon after "{key}" is missing: write "{key}: " before the value.'),
    "text_colon": N_('A text with a colon in it needs quotes: write {key}: "…".'),
    "note": N_(
        "A number stands alone behind its key: delete what follows, or write a space and # before "
        "it."
    ),
    "bold": N_('A key stands without asterisks: write "{key}: " alone.'),
    "bare": N_('The colon after "{key}" is missing: write {key}: and what belongs to it below.'),
    "after_end": N_("A comma stands behind the closing {end}: delete it."),
    "around": N_("What stands outside the marks of a piece of code is no YAML: delete it."),
    "open": N_("The {sign} opened here is never closed: close it with {end}."),
    "closed": N_("There is one {end} too many here: delete it."),
    "slashes": N_("A comment begins with #, not with {sign}: change that."),
    "bullet": N_("An item of a list begins with a hyphen and a space, not with {sign}: write - ."),
    "colon": N_('The colon after "{key}" is a full-width one: type : and a space.'),
    "space": N_('A space is missing after the colon: write "{key}: " before the value.'),
    "braces": N_(
        'A text with a comma, a colon or a # needs quotes between braces: write {key}: "{text}".'
    ),
    "stray": N_("This line is no key and no item of a list: write # before it, or delete it."),
    "far": N_(
        "Write one space behind the hyphen, as the keys below stand two further in than it."
    ),
    "one_line": N_(
        "Keys on one line stand between braces and are parted by commas: write {meant}."
    ),
    "two_keys": N_('A key stands on a line of its own: begin a new line before "{key}".'),
    "one_item": N_(
        "This key belongs to the item above: write two spaces instead of the hyphen and its space."
    ),
    "dash": N_("A new item of the list begins here: write - before it."),
    "quote": N_("The quote opened here is never closed: close it."),
    "after_quote": N_("A comma stands behind the closing quote: delete it."),
    "quotes": N_(
        "This {sign} ends the text too early: write the text in the other kind of quotes, or with "
        'double quotes around it and \\" for each one inside.'
    ),
    "whole": N_('"{key}" is a whole number, without a decimal or a sign: write {key}: {whole}.'),
    "either": N_('"{key}" is a whole number, and {text} may be {whole} or {decimal}: write one.'),
    "near_none": N_('"{key}" is a whole number, and {text} is less than 1: write a whole number.'),
    "goes_on": N_(
        "This line goes on with the text above: indent it further than its key, or join the two."
    ),
    "group": N_('Keys stand under "{key}", and no list: delete the hyphen.'),
    "folded": N_("Text behind > or | stands further in than its key: indent it by two spaces."),
    "fence": N_("This line marks a piece of code elsewhere and is no YAML: delete it."),
    "document": N_(
        "{sign} ends the file here: delete this line. Put what follows {sign} in a file of its "
        "own where it is another questionnaire."
    ),
    "merge": N_(
        "Two versions of this file were put together here and nobody has chosen: keep one of the "
        "two, and delete this line."
    ),
    "cut": N_("A # behind a space begins a comment, and cuts this text off: put it in quotes."),
}
