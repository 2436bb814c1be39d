"""The Marketo shape."""

from sample.shapes.desk import Desk
from sample.shapes.marketo.mail import write_mail
from sample.shapes.marketo.people import write_people
from sample.shapes.marketo.programmes import write_programmes
from sample.shapes.marketo.shared import Numbers
from sample.shapes.marketo.web import write_web

__all__ = ["write_marketo"]


def write_marketo(desk: Desk, sfdc: tuple[list[str], list[str], list[str]]) -> None:
    """Write every Marketo table of a chunk.

    Args:
        desk: The chunk.
        sfdc: CRM lead, contact and account id of each person, empty where none is known.
    """
    numbers = Numbers(desk)
    write_people(desk, numbers, sfdc)
    write_web(desk, numbers)
    write_mail(desk, numbers)
    write_programmes(desk, numbers)
