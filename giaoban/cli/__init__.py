"""The office's commands: thin doors that call one action or one query each."""
