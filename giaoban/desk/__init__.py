"""The desk: the office in a browser. A door: its views call one action or one query each."""
