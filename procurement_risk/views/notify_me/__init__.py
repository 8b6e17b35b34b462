"""The page Notify me."""
