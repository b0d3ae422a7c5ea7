"""What must be said of the extract before anyone believes a number: the four quality sections."""
