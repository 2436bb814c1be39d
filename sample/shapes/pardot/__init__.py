"""The Pardot shape: prospects, their browsers, one table for whatever they did."""

from sample.shapes.desk import Desk
from sample.shapes.marketing import Crm
from sample.shapes.pardot.activities import write_activities
from sample.shapes.pardot.deals import write_deals
from sample.shapes.pardot.lists import write_campaigns, write_lists, write_memberships
from sample.shapes.pardot.people import write_accounts, write_prospects
from sample.shapes.pardot.shared import Org
from sample.shapes.pardot.visits import log_visits, write_visits

__all__ = ["write_pardot"]


def write_pardot(desk: Desk, crm: Crm) -> None:
    """Write every Pardot table of a chunk.

    Args:
        desk: The chunk.
        crm: What Salesforce calls people, companies and deals.
    """
    org = Org(desk)
    write_prospects(org, crm)
    write_accounts(org, crm)
    log = log_visits(org)
    write_visits(org, log)
    write_activities(org, log)
    write_memberships(org)
    write_deals(org, crm)
    if desk.world.chunk == 0:
        write_campaigns(org)
        write_lists(org)
