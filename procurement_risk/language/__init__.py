"""The language people read: the catalogue of words, phrases, figures, text from others."""

from procurement_risk.language.catalogue import (
    ENGLISH,
    N_,
    NAMES,
    _,
    available,
    best,
    current,
    name_of,
    ngettext,
    pgettext,
    speaking,
    use,
)
