"""Salesforce record ids: 15 letters and digits and a 3-letter checksum."""

import numpy as np
import numpy.typing as npt

from sample.world.arrays import Ints

Letters = npt.NDArray[np.uint8]
ALPHABET = np.frombuffer(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", dtype=np.uint8
)
CHECKSUM = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", dtype=np.uint8)
POD = "5h00"
PREFIX = {
    "lead": "00Q", "contact": "003", "account": "001", "opportunity": "006", "task": "00T",
    "event": "00U", "user": "005", "campaign": "701", "campaign_member": "00v",
    "lead_history": "0Qh", "opportunity_contact_role": "00K", "opportunity_field_history": "017",
    "product_2": "01t",
}  # fmt: skip


def checksums(letters: Letters) -> Letters:
    """Return the three letters that tell capitals from small letters in a 15-letter id."""
    capital = (letters >= ord("A")) & (letters <= ord("Z"))
    weight = np.array([1, 2, 4, 8, 16])
    groups = [(capital[:, i : i + 5] * weight).sum(axis=1) for i in (0, 5, 10)]
    return np.stack([CHECKSUM[value] for value in groups], axis=1)


def record_ids(entity: str, number: Ints) -> list[str]:
    """Return the 18-letter id of each record number."""
    size = len(number)
    letters = np.empty((size, 18), dtype=np.uint8)
    letters[:, :7] = np.frombuffer((PREFIX[entity] + POD).encode(), dtype=np.uint8)
    rest = np.asarray(number, dtype=np.int64) * 37 + 1_000_003
    for place in range(14, 6, -1):
        letters[:, place] = ALPHABET[rest % 62]
        rest = rest // 62
    letters[:, 15:] = checksums(letters[:, :15])
    return [entry.decode() for entry in letters.view("S18").ravel().tolist()]
