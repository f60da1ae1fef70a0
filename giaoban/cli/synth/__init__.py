"""The synthetic nation: books as large as a country's, to test on. Nothing in it is real but the
names of the administrative units and which of them became which on 1 July 2025."""
