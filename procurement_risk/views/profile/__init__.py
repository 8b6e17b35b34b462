"""The page Risk profile."""
