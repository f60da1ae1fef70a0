"""The journal (sổ nhật ký): every act in the order it was recorded, chained by digests.

Public to the floors above: ``Draft``, ``Recorder`` and ``open_journal`` to write;
``AsOf`` and ``head_known_on`` to read; ``RuleBroken`` to refuse.
"""
