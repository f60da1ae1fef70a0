"""What the commands of all doors share: words for refusals, the recorder, tables, progress."""
