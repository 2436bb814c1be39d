"""The organisation's own web site: its pages and its forms."""

from dataclasses import dataclass

from sample.world.kinds import Category, FormKind

CASES = (
    "seizo-keihi", "butsuryu-ringi", "it-kintai", "retail-hacchu", "kensetsu-genba", "iryo-kiroku",
    "kinyu-shinsa", "service-keiyaku", "enterprise-rollout", "sme-quickstart",
)  # fmt: skip
PAPERS = (
    "dx-guide", "ringi-digital", "roi-calculation", "keihi-seisan-hikaku", "security-checklist",
    "internal-control", "denshi-choubo", "workflow-basics", "seizo-dx", "butsuryu-2024",
    "approval-kpi", "vendor-selection",
)  # fmt: skip
POSTS = (
    "what-is-workflow", "paperless-tips", "ringi-template", "approval-speed", "kintai-news",
    "remote-work", "invoice-system", "it-hojokin", "excel-limit", "audit-trail", "nippo-rei",
    "chatgpt-gyomu", "dx-failure", "meeting-cost", "yosan-kanri", "kaikei-news", "naibu-tousei",
    "denshi-keiyaku", "bpr-steps", "smb-dx", "jinji-hyoka", "keiri-calendar", "fiscal-year-end",
    "security-basics", "customer-voice",
)  # fmt: skip
WEBINARS = (
    "ringi-webinar", "dx-seminar", "keihi-live", "security-day", "user-meetup", "roi-workshop",
    "seizo-forum", "demo-live", "denshi-choubo-live", "naibu-tousei-live",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page of the site."""

    path: str
    category: Category
    weight: float


@dataclass(frozen=True)
class Form:
    """One form of the site, with the page it stands on."""

    name: str
    kind: FormKind
    page: str
    weight: float


def _pages() -> tuple[Page, ...]:
    """List every page, aliases included."""
    single = (
        ("/", Category.HOME, 8.0), ("/product", Category.PRODUCT, 4.0),
        ("/product/workflow", Category.PRODUCT, 3.0), ("/product/expense", Category.PRODUCT, 2.0),
        ("/features", Category.PRODUCT, 2.0), ("/pricing", Category.PRICING, 6.0),
        ("/price", Category.PRICING, 1.5), ("/pricing/enterprise", Category.PRICING, 1.0),
        ("/faq", Category.FAQ, 5.0), ("/faq/security", Category.FAQ, 1.0),
        ("/faq/billing", Category.FAQ, 1.0), ("/case-studies", Category.CASE, 3.0),
        ("/blog", Category.BLOG, 3.0), ("/careers", Category.CAREERS, 4.0),
        ("/recruit", Category.CAREERS, 3.0), ("/recruit/engineer", Category.CAREERS, 2.0),
        ("/careers/sales", Category.CAREERS, 1.0), ("/compare", Category.COMPARE, 3.0),
        ("/compare/orikaze", Category.COMPARE, 1.0), ("/whitepapers", Category.WHITEPAPER, 2.0),
        ("/webinars", Category.WEBINAR, 2.0), ("/seminar", Category.WEBINAR, 1.5),
        ("/demo", Category.DEMO, 3.0), ("/contact", Category.CONTACT, 3.0),
        ("/company", Category.COMPANY, 3.0), ("/news", Category.COMPANY, 2.0),
        ("/download", Category.DOWNLOAD, 2.0), ("/download/catalog", Category.DOWNLOAD, 1.0),
        ("/support", Category.SUPPORT, 3.0), ("/support/release-notes", Category.SUPPORT, 2.0),
        ("/docs/api", Category.SUPPORT, 1.0),
        ("/whitepapers/competitor-research", Category.WHITEPAPER, 0.0),
    )  # fmt: skip
    pages = [Page(*entry) for entry in single]
    pages += [Page(f"/case-studies/{x}", Category.CASE, 1.0) for x in CASES]
    pages += [Page(f"/jirei/{x}", Category.CASE, 0.6) for x in CASES]
    pages += [Page(f"/whitepapers/{x}", Category.WHITEPAPER, 1.0) for x in PAPERS]
    pages += [Page(f"/blog/{x}", Category.BLOG, 1.0) for x in POSTS]
    pages += [Page(f"/webinars/{x}", Category.WEBINAR, 1.0) for x in WEBINARS]
    pages += [Page(f"/seminar/{x}", Category.WEBINAR, 0.3) for x in WEBINARS[:4]]
    return tuple(pages)


PAGES = _pages()
PAGE_AT = {page.path: index for index, page in enumerate(PAGES)}

FORMS = (
    Form("メルマガ登録", FormKind.NEWSLETTER, "/blog", 3),
    Form("Newsletter sign-up", FormKind.NEWSLETTER, "/blog", 1),
    *(Form("資料ダウンロード", FormKind.DOWNLOAD, f"/whitepapers/{x}", 1) for x in PAPERS),
    *(Form("Download form", FormKind.DOWNLOAD, f"/whitepapers/{x}", 0.3) for x in PAPERS[:4]),
    Form("製品カタログ ダウンロード", FormKind.DOWNLOAD, "/download", 3),
    Form("導入事例集ダウンロード", FormKind.DOWNLOAD, "/case-studies", 2),
    Form("競合調査レポート ダウンロード", FormKind.COMPETITOR_DOWNLOAD,
         "/whitepapers/competitor-research", 1),
    Form("お問い合わせ", FormKind.INQUIRY, "/contact", 4),
    Form("お問合せ(お問い合わせフォーム)", FormKind.INQUIRY, "/contact", 1),
    Form("Contact us", FormKind.INQUIRY, "/contact", 1),
    Form("デモ申込", FormKind.DEMO, "/demo", 4),
    Form("Demo request", FormKind.DEMO, "/demo", 1),
    Form("オンライン相談 予約", FormKind.DEMO, "/demo", 1),
    Form("見積依頼", FormKind.QUOTE, "/pricing", 3),
    Form("Quote request", FormKind.QUOTE, "/pricing", 1),
    Form("セミナー申込", FormKind.EVENT, "/seminar", 3),
    Form("Webinar register", FormKind.EVENT, "/webinars", 1),
    Form("採用応募フォーム", FormKind.APPLY, "/recruit", 3),
    Form("Recruit application", FormKind.APPLY, "/careers", 1),
    Form("サポート依頼", FormKind.SUPPORT, "/support", 1),
)  # fmt: skip
