"""The page Questionnaires."""
