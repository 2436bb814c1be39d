"""E-mail addresses and internet domains."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.text.fold import fold

# Japanese carriers gave out addresses with dots in a row and before the @. ASCII only: a local part
# in Japanese is a remark such as 未定 far more often than an address, and would join strangers.
_LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}", re.ASCII)
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})", re.ASCII
)
_HOST_LENGTH = 253
_IN_ANGLES = re.compile(r"<([^<>@]*@[^<>@]*)>")
_AROUND = " \"'<>()[]{}.,:;、。・"
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|https?(?::/?|/+)")
_HOST_END = re.compile(r"[/?#\\\s]")
_NUMBERED = re.compile(r"[-_.]?\d+$", re.ASCII)


@dataclass(frozen=True)
class NormalisedEmail:
    """An address, lower case; a plus tag is kept.

    Attributes:
        email: `local_part@domain`.
        local_part: What stands before the @, without quotes around it.
        domain: The host, in its ASCII form.
    """

    email: str
    local_part: str
    domain: str


def normalise_email(raw: str) -> NormalisedEmail | None:
    """Read one address out of a field; mail programs' wrappings are taken off.

    Args:
        raw: Any text, such as `ＴＡＲＯ＠example．ｃｏｍ` or `山田 <mailto:Taro@Example.com>`.

    Returns:
        The address, or None when the text is not exactly one that could be delivered to.
    """
    text = fold(raw).lower()
    if in_angles := _IN_ANGLES.search(text):
        text = in_angles[1]
    text = text.strip(_AROUND).removeprefix("mailto:").strip(_AROUND)
    local_part, _, host = text.rpartition("@")
    local_part = local_part.rstrip().strip('"')
    domain = _domain(host.partition("?")[0].strip())
    if domain is None or not _LOCAL_PART.fullmatch(local_part):
        return None
    return NormalisedEmail(f"{local_part}@{domain}", local_part, domain)


def normalise_domain(raw: str) -> str | None:
    """The domain of a website or of an e-mail address, without `www.`.

    Args:
        raw: Any text, such as `https://www.example.co.jp/company` or `taro@example.co.jp`.

    Returns:
        The host in its ASCII form, or None when there is none.
    """
    if "@" in raw or "＠" in raw:
        address = normalise_email(raw)
        if address is not None:
            return address.domain
    text = fold(raw).lower().strip(_AROUND)
    if scheme := _SCHEME.match(text):
        text = text[scheme.end() :].lstrip("/")
    authority = _HOST_END.split(text, maxsplit=1)[0]
    host = authority.rpartition("@")[2].partition(":")[0]
    return _domain(host.removeprefix("www."))


def is_free_mail(domain: str, free_mail_domains: frozenset[str]) -> bool:
    """Whether anybody can have an address there; a listed domain covers those below it."""
    while domain:
        if domain in free_mail_domains:
            return True
        domain = domain.partition(".")[2]
    return False


def is_shared_mailbox(local_part: str, shared_mailboxes: frozenset[str]) -> bool:
    """Whether several people read it: a listed name, also with a plus tag or a number after it."""
    untagged = local_part.partition("+")[0]
    return untagged in shared_mailboxes or _NUMBERED.sub("", untagged) in shared_mailboxes


def _domain(host: str) -> str | None:
    host = host.replace("。", ".").rstrip(".")
    if len(host) > _HOST_LENGTH:
        return None
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return host if len(host) <= _HOST_LENGTH and _HOST.fullmatch(host) else None
