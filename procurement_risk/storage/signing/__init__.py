"""The server's key, by which sign-offs are sealed, and time stamps from a service."""
