"""Gates: run the suites of `expectations` on the warehouse and say whether the night may go on."""
