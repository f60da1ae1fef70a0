"""Units: the tree on a day, a unit's page, and the reorganisation of units."""
