"""What of public tables may not be told, so that nobody's number can be read or worked out.

Pure: it knows cells and the equations between them, no report, no unit, no database.
"""
