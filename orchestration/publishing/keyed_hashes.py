"""Keyed hashes in place of the keys of persons' records, for the copy that general BI reads."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

import duckdb

KEY_BYTES = 32
# Half of a SHA-256: two of a billion keys meet with a chance of 10^-21.
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


def name_of_key(key: bytes) -> str:
    """Name a key without telling it: versions with the same name have the same hashes.

    Args:
        key: The secret of `read_key`.
    """
    return hashlib.sha256(b"name of " + key).hexdigest()[:16]


def create_keyed_hash(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Give a connection the macro `keyed_hash(text)`; it goes with the connection.

    The first half of the SHA-256 of key and text, as 32 hexadecimal letters: in SQL, because there
    are as many keys of records as activities. Half of a hash cannot be continued to that of a
    longer text, which is what HMAC, at four times the cost, would guard against. Null stays null.

    Args:
        connection: Where to create it.
        key: The secret of `read_key`.
    """
    connection.execute(
        f"create temp macro keyed_hash(text) as left(sha256('{key.hex()}' || text), {HASH_LETTERS})"
    )
