"""Living figures: numbers of issued reports in sentences that the public reads."""
