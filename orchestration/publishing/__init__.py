"""Writing a version of the marts whole, and then letting readers have it by one rename."""
