"""The Salesforce shape."""

from sample.shapes.desk import Desk
from sample.shapes.salesforce.activities import write_activities
from sample.shapes.salesforce.campaigns import write_campaigns
from sample.shapes.salesforce.companies import write_accounts
from sample.shapes.salesforce.deals import write_deals
from sample.shapes.salesforce.people import write_contacts, write_leads
from sample.shapes.salesforce.shared import Ids, make_ids
from sample.shapes.salesforce.status import write_history
from sample.shapes.salesforce.users import write_products, write_users
from sample.shapes.statuses import trace_statuses

__all__ = ["Ids", "make_ids", "write_salesforce"]


def write_salesforce(desk: Desk, ids: Ids) -> None:
    """Write every Salesforce table of a chunk."""
    trace = trace_statuses(desk)
    write_leads(desk, ids, trace)
    write_contacts(desk, ids)
    write_history(desk, ids, trace)
    write_accounts(desk, ids)
    write_deals(desk, ids)
    write_activities(desk, ids)
    write_campaigns(desk, ids)
    if desk.world.chunk == 0:
        write_users(desk, ids)
        write_products(desk)
