"""A made-up organisation with a lead funnel, written as raw CRM and marketing tables.

The package simulates one Japanese B2B software company over two years and writes what its tools
would have landed, so that the warehouse can be shown, tested and measured without real people.
"""

from sample.run import write_sample
from sample.spec import SampleError, SampleReport, SampleSpec

__all__ = ["SampleError", "SampleReport", "SampleSpec", "write_sample"]
