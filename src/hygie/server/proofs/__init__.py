"""Evidence kept, one row for each time that a verdict lasts."""
