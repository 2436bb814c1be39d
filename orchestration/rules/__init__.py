"""The seeds as a book of rules: what they declare, how they are read, what makes them wrong."""
