"""The Marketo shape."""

from sample.shapes.desk import Desk
from sample.shapes.marketing import Crm
from sample.shapes.marketo.mail import write_mail
from sample.shapes.marketo.people import write_people
from sample.shapes.marketo.programmes import write_programmes
from sample.shapes.marketo.shared import Numbers
from sample.shapes.marketo.web import write_web

__all__ = ["write_marketo"]


def write_marketo(desk: Desk, crm: Crm) -> None:
    """Write every Marketo table of a chunk.

    Args:
        desk: The chunk.
        crm: What the CRM calls each person.
    """
    numbers = Numbers(desk)
    write_people(desk, numbers, crm)
    write_web(desk, numbers)
    write_mail(desk, numbers)
    write_programmes(desk, numbers)
