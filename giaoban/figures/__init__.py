"""Figures: named numbers of a unit and a period, as of a day and a state of knowledge.

Every figure is a sum of ledger legs: leaf sums (``leaves.py``), rolled up along the tree
(``rollup.py``), with transfers inside eliminated (``consolidation.py``), by the tree of each day
or restated by one (``statement.py``, ``restating.py``), and traceable to its entries
(``trace.py``).
"""
