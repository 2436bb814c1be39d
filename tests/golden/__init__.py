"""An organisation written by hand, each lead a story with what must follow from it.

Stories name no vendor. A module per tool renders them to its raw tables, so that the same marts are
expected of every mix of tools. Times are of Tokyo. What is expected was worked out on paper; where
the product differs, one of the two is wrong.
"""
