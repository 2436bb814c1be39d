"""Salesforce users, and a table that no reader needs."""

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.salesforce.ids import record_ids
from sample.shapes.salesforce.shared import Ids
from sample.store.arrow import flags, same, text, times, words
from sample.world.arrays import DAY
from sample.world.staff import DEPARTMENTS, INSIDE, SALES

ROLES = ("営業担当", "インサイドセールス担当", "マーケティング担当", "システム連携")
PRODUCTS = ("くもはしワークフロー", "くもはし経費", "くもはし電子契約", "導入支援", "保守サポート")


def write_users(desk: Desk, ids: Ids) -> None:
    """Write the user table."""
    staff, size = desk.frame.staff, len(desk.frame.staff.name)
    at = np.full(size, desk.frame.spec.start_seconds - 300 * DAY)
    columns = {
        "id": text(ids.user),
        "username": text(staff.mail),
        "name": text(staff.name),
        "first_name": text([name.partition(" ")[2] or None for name in staff.name]),
        "last_name": text([name.partition(" ")[0] for name in staff.name]),
        "email": text(staff.mail),
        "title": words(ROLES, staff.department),
        "department": words(DEPARTMENTS, staff.department),
        "is_active": flags(staff.active == 1),
        "user_type": same("Standard", size),
        "time_zone_sid_key": same("Asia/Tokyo", size),
        "locale_sid_key": same("ja_JP", size),
        "profile_name_c": words(
            ["Sales", "Marketing", "Integration"],
            np.where(np.isin(staff.department, (SALES, INSIDE)), 0, staff.department - 1),
        ),
        "created_date": times(at),
        "last_modified_date": times(at),
        "system_modstamp": times(at),
        "_fivetran_deleted": flags(np.zeros(size, dtype=np.bool_)),
    }
    desk.put(("salesforce", "user"), columns, at)


def write_products(desk: Desk) -> None:
    """Write the price list, which the funnel has no use for."""
    size = len(PRODUCTS)
    at = np.full(size, desk.frame.spec.start_seconds)
    columns = {
        "id": text(record_ids("product_2", np.arange(size))),
        "name": text(PRODUCTS),
        "is_active": flags(np.ones(size, dtype=np.bool_)),
        "is_deleted": flags(np.zeros(size, dtype=np.bool_)),
        "created_date": times(at),
        "system_modstamp": times(at),
    }
    desk.put(("salesforce", "product_2"), columns, at)
