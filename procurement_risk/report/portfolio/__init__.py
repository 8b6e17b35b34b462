"""The portfolio on one page, and what it says of a single purchase."""
