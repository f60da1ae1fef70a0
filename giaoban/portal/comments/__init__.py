"""What readers write below an article, and who decides whether it is shown."""
