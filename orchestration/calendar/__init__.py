"""Business calendars: which days are worked, from when to when, and how many minutes that makes."""
