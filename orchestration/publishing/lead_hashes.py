"""Keyed hashes in place of lead ids, for the copy that general BI reads."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

KEY_BYTES = 32
# Half of a SHA-256: two of a billion leads meet with a chance of 10^-21.
HASH_LETTERS = 32


def read_key(path: Path) -> bytes:
    """Read the key of the hashes, making it on first use.

    The file stays in LEADS_HOME, readable by its owner only, and is never published: who has the
    BI copy alone cannot find out which hash is which lead.

    Args:
        path: The file of the key.

    Returns:
        32 secret bytes, the same for every version, so that BI can compare versions.
    """
    if not path.exists():
        # Written aside and renamed: a kill in between must not leave half a key for ever.
        fresh = path.with_suffix(".fresh")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
        fresh.replace(path)
    return path.read_bytes()


def hash_lead(lead_id: str, key: bytes) -> str:
    """HMAC-SHA256 (RFC 2104) of one lead_id, as 32 hexadecimal letters."""
    return hmac.digest(key, lead_id.encode(), "sha256").hex()[:HASH_LETTERS]


def lead_hashes(lead_ids: Iterable[str], key: bytes) -> pa.Table:
    """Hash each lead once.

    Args:
        lead_ids: Distinct ids.
        key: The secret of `read_key`.

    Returns:
        The columns lead_id and lead_hash, in the given order.
    """
    ids = list(lead_ids)
    return pa.table({"lead_id": ids, "lead_hash": [hash_lead(each, key) for each in ids]})
