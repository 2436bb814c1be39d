"""What a tracking script sees of a visit: addresses in all their spellings, agents, networks."""

import numpy as np

from sample.shapes.desk import Desk
from sample.store.arrow import Column, words
from sample.world.arrays import Bools, Ints, Rng, pick
from sample.world.kinds import Category
from sample.world.site import PAGES

HOST = "www.kumohashi.example"
# Path pattern, host pattern, query, share: the ways one page is asked for.
VARIANTS = (
    ("{path}", HOST, "", 60), ("{path}/", HOST, "", 8), ("/ja{path}", HOST, "", 9),
    ("/en{path}", HOST, "", 3), ("{path}", HOST, "utm_source=google&utm_medium=cpc", 8),
    ("{path}#section2", HOST, "", 4), ("{path}", "WWW.Kumohashi.Example", "", 4),
    ("/ja{path}/", HOST, "utm_source=newsletter&utm_medium=email", 4),
)  # fmt: skip
FROM_MAIL = len(VARIANTS)
REFERRERS = (
    "https://www.google.com/", "https://www.google.co.jp/", "https://search.yahoo.co.jp/",
    "https://www.bing.com/", "https://t.co/", f"https://{HOST}/",
)  # fmt: skip
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x64; rv:127.0) Gecko/20100101 Firefox/127.0",
)  # fmt: skip
PROXY_AGENTS = (
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Mozilla/5.0", "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
)  # fmt: skip
SCANNER_AGENTS = (
    "BarracudaCentral/1.0 (link protection)", "Mozilla/5.0 (compatible; MimecastBot)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36",
)  # fmt: skip
ALL_AGENTS = (*AGENTS, *PROXY_AGENTS, *SCANNER_AGENTS)
MOBILE = 3
ADDRESSES = tuple(f"198.18.{i // 256}.{i % 256}" for i in range(4096))
FILES = tuple(f"https://{HOST}/files/{page.path.rsplit('/', 1)[-1]}.pdf" for page in PAGES
              if page.category == Category.WHITEPAPER)  # fmt: skip
OUTSIDE = (
    "https://twitter.example/kumohashi",
    "https://maps.example/office",
    f"https://{HOST}/legal",
)
MAIL_LINKS = [f"https://{HOST}{entry.path}?utm_source=mail&utm_medium=email" for entry in PAGES]


def variants(rng: Rng, page: Ints, by_mail: Bools) -> Ints:
    """Return how each page was asked for, as a position in ``spellings``."""
    variant = pick(rng, [entry[3] for entry in VARIANTS], len(page))
    return page * (FROM_MAIL + 1) + np.where(by_mail, FROM_MAIL, variant)


def spellings(mail_query: str) -> tuple[list[str], list[str], list[str]]:
    """Return paths and full addresses per page and variant, and queries per variant.

    Args:
        mail_query: What the tool adds to links in its mails.
    """
    paths, urls = [], []
    patterns = [*VARIANTS, ("{path}", HOST, mail_query, 0)]
    for page in PAGES:
        bare = page.path.rstrip("/")
        for pattern, host, query, _ in patterns:
            path = pattern.format(path=bare).replace("//", "/") or "/"
            paths.append(path)
            urls.append(f"https://{host}{path}" + (f"?{query}" if query else ""))
    return paths, urls, [entry[2] for entry in patterns]


def network_addresses(desk: Desk, person: Ints) -> Column:
    """Return the network address of each person's company."""
    code = desk.world.firms.number[desk.world.people.company[person]] * 31
    code = (code + desk.world.people.number[person] % 3) % len(ADDRESSES)
    return words(ADDRESSES, code)


def mail_agents(desk: Desk, person: Ints, machine: Bools, *, clicks: bool) -> Ints:
    """Return what opened or clicked each mail, as a position in ``ALL_AGENTS``.

    People use their own browser; proxies fetch images, and gateways follow links.
    """
    own = desk.world.people.number[person] * 7 % len(AGENTS)
    if clicks:
        gateway = desk.world.people.company[person] % len(SCANNER_AGENTS)
        return np.where(machine, len(AGENTS) + len(PROXY_AGENTS) + gateway, own)
    return np.where(machine, len(AGENTS) + person % len(PROXY_AGENTS), own)
