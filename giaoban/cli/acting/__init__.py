"""Acts as they are told to ``giaoban act``: on the command line, or one JSON object a line.

Each act is a *verb* with *fields* (``verbs.py``); a field is an option on the command line and a
member of the object in a file, under one name. The verbs of member acts are made from the act
classes of the ledger, so a new act there is a new verb here.
"""
