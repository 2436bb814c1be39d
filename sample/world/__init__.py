"""The simulated organisation: people, companies, behaviour, sales and outcomes.

Nothing in here knows a vendor, a table or a score rule.
"""
