"""Each kind of file that a council may have, read into sheets."""
