"""The suppliers of one purchase side by side on one page."""
