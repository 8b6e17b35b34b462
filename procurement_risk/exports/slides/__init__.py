"""Slides: the pages for those who decide, as PowerPoint with charts that can be edited."""
