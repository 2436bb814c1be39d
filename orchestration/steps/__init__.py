"""What the Python assets do to the warehouse: read, call the pure functions, write.

Each step takes an open connection and replaces its tables in one transaction. It knows neither
Dagster nor the environment, so that a night can be run in one process by a test.
"""
