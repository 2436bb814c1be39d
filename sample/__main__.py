"""Run the command line."""

from sample.cli import main

raise SystemExit(main())
