"""How the leak gate knows an identifier again, however it is written and wherever it lies."""
