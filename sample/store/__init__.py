"""Writing tables to files, night by night if asked."""
