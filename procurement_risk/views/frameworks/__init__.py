"""The page Questionnaires."""

DRAWN = "draft-drawn"  # what a visit holds while it has fields of a draft before it
