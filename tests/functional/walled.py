"""Runs a module as `python -m` does, behind a wall: whoever opens a socket to a network is killed.

Three walls, each where the machine has it: a filter of the kernel that kills the process on
`socket` for IPv4, IPv6 or raw packets, from Python or any library (Linux); a network namespace
without a single interface (Linux, where it may be made without being root); and Python's audit
hook (everywhere). `walls` says which stand.
"""

import ctypes
import json
import os
import platform
import runpy
import struct
import sys
from pathlib import Path

CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each machine: its AUDIT_ARCH, and the number of `socket` (Linux, asm/unistd.h)."""

FAMILIES = (2, 10, 17)  # AF_INET, AF_INET6, AF_PACKET
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
_ALLOW, _KILL = 0x7FFF0000, 0x80000000  # SECCOMP_RET_ALLOW, SECCOMP_RET_KILL_PROCESS
_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2  # prctl.h
_NEWUSER, _NEWNET = 0x10000000, 0x40000000  # sched.h


def _filter_sockets() -> bool:
    """Have the kernel kill this process and its children when they open a network socket."""
    if platform.system() != "Linux" or platform.machine() not in CALLS:
        return False
    arch, call = CALLS[platform.machine()]
    # seccomp_data: nr at 0, arch at 4, the first argument of the call from 16
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 0, 4 + len(FAMILIES), arch), (_LOAD, 0, 0, 0),
               (_EQUAL, 0, 1 + len(FAMILIES), call), (_LOAD, 0, 0, 16)]  # fmt: skip
    program += [(_EQUAL, len(FAMILIES) - place, 0, family)
                for place, family in enumerate(FAMILIES)]  # fmt: skip
    program += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _KILL)]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    held = ctypes.create_string_buffer(code, len(code))
    told = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    return (
        libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and libc.prctl(_SET_SECCOMP, _FILTER, ctypes.c_char_p(told), 0, 0) == 0
    )


def _leave_network() -> bool:
    """Go into a network namespace with no interface in it, as the same user, where one may."""
    if platform.system() != "Linux":
        return False
    child = os.fork()  # tries first: there is no way back from half of it
    if child == 0:
        os._exit(0 if _left() else 1)
    return os.waitpid(child, 0)[1] == 0 and _left()


def _left() -> bool:
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(_NEWUSER | _NEWNET) != 0:
        return False
    try:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"),
                           ("gid_map", f"{group} {group} 1")):  # fmt: skip
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    except OSError:
        return False
    return True


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        raise AssertionError(f"{event} was called")
    if event == "socket.__new__" and arguments[1] in FAMILIES:
        raise AssertionError("a socket to the network was made")


def wall_in() -> dict[str, bool]:
    """Put up what walls there are; return which stand."""
    walls = {"namespace": _leave_network(), "kernel": _filter_sockets(), "python": True}
    sys.addaudithook(_refuse)
    return walls


def main() -> None:
    """Run the module named first with the arguments after it, or say which walls stand."""
    walls = wall_in()
    if sys.argv[1] == "--walls":
        sys.stdout.write(json.dumps(walls))
        return
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
