"""What Dagster runs: assets, checks, the nightly job, its schedule. All only read, call, write."""
