"""What Dagster runs: assets, checks, the nightly job and its schedule. Each only reads, calls, writes."""
