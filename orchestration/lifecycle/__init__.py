"""What is sequential per lead: caps, score crossings, stages, MQL and SQL."""
