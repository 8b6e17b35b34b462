"""The Decision page: what is decided, over what, and what follows from it."""
