"""`python -m orchestration`: what the Makefile calls."""

import sys

from orchestration.cli import main

sys.exit(main())
