"""The benchmark: how long a full build and a night take, and how much memory, against a baseline.

The baseline does the least that any such warehouse must: one DuckDB process that reads the same raw
files, removes duplicates, joins the rules, and writes a ledger and a score per lead.
"""
