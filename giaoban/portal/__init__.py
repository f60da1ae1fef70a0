"""What the public reads: a site on Wagtail in which every number is traceable."""
