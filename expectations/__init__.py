"""The gates: what must hold before a night goes on, as suites of Great Expectations.

Each module gives the suites of one gate for a build. `orchestration.gates.run_gate` runs them;
nothing else imports these modules, because Great Expectations takes six seconds to import.
"""
