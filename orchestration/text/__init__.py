"""Texts that people typed, brought to the one form that can be compared.

All functions are pure; what is language rather than algorithm (company forms, job titles, free mail
domains, shared mailboxes) comes from the seeds in `seeds/people`.
"""
