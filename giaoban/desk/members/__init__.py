"""Members: the register and a member's page."""
