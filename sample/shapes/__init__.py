"""Writers that turn the world into the tables of one vendor each."""
