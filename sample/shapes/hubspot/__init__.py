"""The HubSpot shape: marketing only beside a Salesforce, marketing and sales without one."""

from sample.shapes.desk import Desk
from sample.shapes.hubspot.companies import write_companies
from sample.shapes.hubspot.deals import write_deals, write_pipeline
from sample.shapes.hubspot.engagements import write_engagements
from sample.shapes.hubspot.history import write_history
from sample.shapes.hubspot.mail import write_campaigns, write_mail
from sample.shapes.hubspot.owners import write_owners
from sample.shapes.hubspot.people import write_contacts
from sample.shapes.hubspot.progress import follow
from sample.shapes.hubspot.shared import Portal
from sample.shapes.hubspot.web import write_forms, write_web
from sample.shapes.marketing import Crm

__all__ = ["write_hubspot"]


def write_hubspot(desk: Desk, crm: Crm) -> None:
    """Write every HubSpot table of a chunk.

    Args:
        desk: The chunk.
        crm: What Salesforce calls each person; empty where HubSpot is the CRM.
    """
    portal = Portal(desk, desk.frame.spec.is_hubspot_the_crm)
    progress = follow(portal)
    write_contacts(portal, progress, crm)
    write_history(portal, progress)
    write_companies(portal, crm)
    write_web(portal)
    write_mail(portal)
    if portal.is_crm:
        write_deals(portal)
        write_engagements(portal)
    if desk.world.chunk == 0:
        write_owners(portal)
        write_campaigns(portal)
        write_forms(portal)
        if portal.is_crm:
            write_pipeline(portal)
