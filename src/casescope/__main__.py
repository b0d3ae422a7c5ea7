"""The outermost door of the command line."""

from casescope.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
