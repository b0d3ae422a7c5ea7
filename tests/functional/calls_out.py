"""What a walled process must not be able to do: run as a module, with the way to do it."""

import ctypes
import socket
import sys
from pathlib import Path

WAYS = {
    "a library": lambda: ctypes.CDLL(None).socket(socket.AF_INET, socket.SOCK_STREAM, 0),
    "a library, IPv6": lambda: ctypes.CDLL(None).socket(socket.AF_INET6, socket.SOCK_DGRAM, 0),
    "Python": lambda: socket.create_connection(("192.0.2.1", 9), timeout=1),
    "a name": lambda: socket.getaddrinfo("example.org", 443),
    "files and pipes": lambda: socket.socketpair(socket.AF_UNIX),
    "interfaces": lambda: sys.stdout.write(Path("/proc/self/net/dev").read_text("ascii")),
}

if __name__ == "__main__":
    WAYS[sys.argv[1]]()
    sys.stdout.write("\ndone")
