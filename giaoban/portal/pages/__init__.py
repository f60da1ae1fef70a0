"""The site: its pages, how they are found, fed to others and printed."""
