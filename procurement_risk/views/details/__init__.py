"""The page Details."""
