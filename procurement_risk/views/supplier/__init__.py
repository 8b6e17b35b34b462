"""The page Supplier."""
