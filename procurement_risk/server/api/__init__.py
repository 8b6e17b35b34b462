"""The HTTP interface, for programs: what each may ask is a line in ``operations``."""
