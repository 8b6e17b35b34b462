"""The page Assessments."""
