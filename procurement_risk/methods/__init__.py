"""Ways of turning answers into a recommendation; a framework names the one it uses."""
