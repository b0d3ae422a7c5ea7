"""The report's content, one file a section, in the order in which it is read."""
