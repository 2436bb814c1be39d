"""Who is one person: connected components of person records."""
