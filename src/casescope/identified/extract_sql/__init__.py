"""Read-only SQL for the reporting databases of case systems: one statement a table of the extract.

Written from the facts that the sector's public extract SQL shows, and never run on a live system.
"""
