"""Tests reach no network, and neither does a process that loads, runs and reports."""

import ast
import socket
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

import casescope

SOURCE = Path(casescope.__file__).parent
REACHES_OUT = {"socket", "http", "urllib", "requests", "httpx", "ftplib", "smtplib", "webbrowser"}


def test_the_network_is_blocked_in_tests():
    with (
        pytest.warns(UserWarning, match="tried to use socket"),
        pytest.raises(SocketBlockedError),
    ):
        socket.create_connection(("127.0.0.1", 9))


def test_no_module_imports_what_reaches_out():
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {(node.module or "").split(".")[0]}
            else:
                continue
            assert not names & REACHES_OUT, path
