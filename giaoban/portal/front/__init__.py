"""What stands before the site: public pages from memory, until the commit that makes them old."""
