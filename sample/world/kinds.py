"""Kinds of people and companies, and how each kind behaves by nature.

The numbers are habits of people, chosen so that the funnel resembles published benchmarks; no score
rule or threshold of the warehouse occurs here.
"""

from enum import IntEnum

import numpy as np

from sample.world.arrays import Floats


class CompanyKind(IntEnum):
    """What a company is to the organisation."""

    PROSPECT = 0
    CUSTOMER = 1
    PARTNER = 2
    COMPETITOR = 3
    OWN = 4
    UNIVERSITY = 5
    NONE = 6


class PersonKind(IntEnum):
    """What a person is, which no tool records."""

    ORDINARY = 0
    LIGHT_BUYER = 1
    BUYER = 2
    QUIET_BUYER = 3
    BROWSER = 4
    STUDENT = 5
    JOB_SEEKER = 6
    COMPETITOR = 7
    PARTNER = 8
    STAFF_TEST = 9
    CUSTOMER = 10


class Category(IntEnum):
    """What a page of the own site is about."""

    HOME = 0
    PRODUCT = 1
    PRICING = 2
    FAQ = 3
    CASE = 4
    BLOG = 5
    CAREERS = 6
    COMPARE = 7
    WHITEPAPER = 8
    WEBINAR = 9
    DEMO = 10
    CONTACT = 11
    COMPANY = 12
    DOWNLOAD = 13
    SUPPORT = 14


class FormKind(IntEnum):
    """What somebody wants who fills a form."""

    NEWSLETTER = 0
    DOWNLOAD = 1
    COMPETITOR_DOWNLOAD = 2
    INQUIRY = 3
    DEMO = 4
    QUOTE = 5
    EVENT = 6
    APPLY = 7
    SUPPORT = 8


KINDS = len(PersonKind)
ACTIVE_BUYER_ROW = KINDS
BUYERS = (PersonKind.LIGHT_BUYER, PersonKind.BUYER, PersonKind.QUIET_BUYER)

# Which pages a kind reads; the last row is a buyer in the middle of a project.
PAGE_WEIGHTS: Floats = np.array(
    [
        [10, 8, 2.5, 3, 5, 30, 0.8, 1, 8, 6, 1, 1, 4, 3, 0],  # ordinary
        [8, 9, 4, 4, 7, 24, 0.6, 2, 8, 6, 2, 1.5, 4, 3, 0],  # light buyer
        [8, 9, 4, 4, 8, 24, 0.5, 2, 8, 6, 2, 2, 4, 3, 0],  # buyer at rest
        [8, 10, 5, 3, 10, 6, 0.1, 2, 4, 2, 3, 4, 5, 2, 0],  # quiet buyer at rest
        [4, 8, 22, 18, 8, 14, 0.6, 5, 5, 3, 1, 0.3, 2, 3, 0],  # browser
        [8, 8, 1.5, 3, 6, 30, 9, 1, 12, 3, 0.1, 0.1, 14, 4, 0],  # student
        [8, 5, 0.4, 1, 2, 6, 50, 0.1, 1, 1, 0.1, 0.1, 22, 0.2, 0],  # job seeker
        [4, 14, 20, 10, 10, 8, 4, 10, 6, 3, 3, 0.2, 3, 5, 0],  # competitor
        [8, 14, 5, 5, 8, 12, 0.6, 2, 5, 6, 1, 1, 8, 4, 4],  # partner
        [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0],  # staff test
        [6, 8, 2, 12, 4, 10, 0.5, 0.5, 3, 6, 0.2, 1, 1, 2, 36],  # customer
        [5, 12, 10, 7, 14, 6, 0.3, 6, 6, 4, 4, 3, 6, 3, 0],  # buyer in a project
    ],
    dtype=np.float64,
)
# Pages a kind reads relative to the average person.
PAGE_VOLUME: Floats = np.array([0.75, 0.9, 1.5, 0.06, 4.2, 0.8, 0.7, 1.6, 0.8, 0.8, 1.1])
# Forms over a whole life, by FormKind (event registration is drawn with the events).
FORM_MEANS: Floats = np.array(
    [
        [0.25, 0.70, 0.00, 0.035, 0.010, 0.005, 0, 0.00, 0.00],
        [0.25, 1.10, 0.00, 0.130, 0.080, 0.040, 0, 0.00, 0.00],
        [0.20, 1.60, 0.00, 0.350, 0.330, 0.150, 0, 0.00, 0.00],
        [0.02, 0.18, 0.00, 0.420, 0.320, 0.220, 0, 0.00, 0.00],
        [0.40, 2.20, 0.01, 0.050, 0.012, 0.020, 0, 0.00, 0.00],
        [0.30, 1.00, 0.01, 0.030, 0.000, 0.000, 0, 0.08, 0.00],
        [0.02, 0.05, 0.00, 0.020, 0.000, 0.000, 0, 0.60, 0.00],
        [0.30, 1.00, 0.60, 0.040, 0.080, 0.060, 0, 0.00, 0.00],
        [0.20, 0.60, 0.01, 0.150, 0.020, 0.020, 0, 0.00, 0.00],
        [0.50, 0.60, 0.00, 0.500, 0.300, 0.200, 0, 0.20, 0.00],
        [0.10, 0.40, 0.00, 0.060, 0.005, 0.010, 0, 0.00, 0.40],
    ],
    dtype=np.float64,
)
# Chance to register for one event somebody knows of.
REGISTRATION: Floats = np.array(
    [0.012, 0.02, 0.035, 0.008, 0.08, 0.03, 0.001, 0.04, 0.03, 0.02, 0.025]
)
# Chance to open a mail, before personal habits.
OPENING: Floats = np.array([0.20, 0.26, 0.36, 0.16, 0.34, 0.20, 0.08, 0.30, 0.26, 0.50, 0.28])
CLICKING: Floats = np.array([0.08, 0.12, 0.18, 0.10, 0.16, 0.08, 0.03, 0.10, 0.08, 0.30, 0.09])
# Shape of the hidden need between 0 and 1.
NEED_SHAPE: Floats = np.array(
    [
        [1.6, 6], [5, 4], [6, 2.5], [7, 2], [1.2, 8], [1, 20],
        [1, 30], [1, 25], [1, 12], [1, 30], [2, 6],
    ]
)  # fmt: skip
