"""Who is at the keyboard: the operating system's user of this process, never a variable's."""

import os
import sys

from casescope.governance.roles import Actor

_LONGEST_NAME = 257
"""Windows' UNLEN and the closing zero."""


def current_actor() -> Actor:
    """Return the user whom the operating system runs this process for."""
    return Actor(_user_name())


def _user_name() -> str:
    if sys.platform == "win32":
        import ctypes

        buffer = ctypes.create_unicode_buffer(_LONGEST_NAME)
        size = ctypes.c_ulong(_LONGEST_NAME)
        if not ctypes.windll.advapi32.GetUserNameW(buffer, ctypes.byref(size)):
            raise ctypes.WinError()
        return buffer.value
    import pwd

    number = os.geteuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container may run under a number that has no name
        return f"uid-{number}"
