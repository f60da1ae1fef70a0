"""Passwords and PINs that a command asks for: typed unseen, or given in the environment.

Never as a word of the command: those stand in the shell's history and in the list of processes.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass

from giaoban.cli.errors import SecretMissing


def asked_for(prompt: str, variable: str) -> str:
    """What the environment gives, else what is typed on the terminal.

    Raises ``SecretMissing`` where there is neither.
    """
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise SecretMissing(variable=variable)
    return getpass(prompt)
