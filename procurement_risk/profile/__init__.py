"""A risk profile: one assessment, scored, and what to make of it."""
