"""The editors' side: who may do what, the words of its screens, the way to publication."""
