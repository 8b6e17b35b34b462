"""The page Answer."""
