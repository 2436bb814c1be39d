"""The clockwork: raw files to published marts, as one graph of Dagster assets."""
