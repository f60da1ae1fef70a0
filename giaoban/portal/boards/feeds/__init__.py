"""The feeds: how each is asked, and what its answers mean. Nothing here touches a table."""
