"""Scores as of any past day, made beside the warehouse and what is published."""
