"""The page for those who decide, as PDF and as HTML, of one assessment or of a portfolio."""
