"""Reports: drafts prepared and checked, documents issued, and what the books say of them since."""
