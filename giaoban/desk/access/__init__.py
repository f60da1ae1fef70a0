"""Access: who is in charge of what, the logins, and who looked at whose record."""
