"""What changed from one version of a framework to another, and what that does to answers."""
