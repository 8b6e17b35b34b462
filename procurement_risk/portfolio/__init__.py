"""A portfolio: many profiles, and what they have in common."""
