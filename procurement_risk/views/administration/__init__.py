"""The page Administration: who may do what, in which organisation."""
