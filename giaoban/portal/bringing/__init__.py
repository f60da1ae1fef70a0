"""Old sites come along: saved pages of an old portal become drafts of articles."""
