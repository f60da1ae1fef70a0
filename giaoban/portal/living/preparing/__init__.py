"""Making a report public: what of it may be told, in words, tables and files, worked out once.

Runs on the queue with the office's rights; what it stores holds nothing that may not be told.
"""
