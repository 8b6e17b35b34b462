"""The page My work."""
