"""Everything that can be wrong with a framework, each fault with its place."""
