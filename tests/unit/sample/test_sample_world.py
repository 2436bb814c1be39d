"""The world behind the tables: shares, hidden causes, and no trace of a score rule."""

import numpy as np

from sample.world.arrays import DAY, HOUR, Bools, Floats, Ints, happened
from sample.world.build import Frame, World
from sample.world.clock import TOKYO, calendar, office_time
from sample.world.forms import FORM_KIND
from sample.world.kinds import Category, FormKind, PersonKind
from sample.world.site import PAGES

CATEGORY: Ints = np.array([page.category for page in PAGES])


def _of(world: World, *kinds: PersonKind) -> Bools:
    """Mark the people of some kinds."""
    return np.isin(world.people.kind, kinds)


def _handoffs_of(world: World, *kinds: PersonKind) -> Bools:
    """Mark the hand-overs of some kinds of people."""
    return _of(world, *kinds)[world.handoffs.person]


def _rule_points(world: World) -> Floats:
    """Return what a plain sum of points over page views and downloads would give each person."""
    size = len(world.people)
    views = world.views
    points = np.zeros(size)
    for category, worth in ((Category.PRICING, 10), (Category.FAQ, 5), (Category.CAREERS, -5)):
        np.add.at(points, views.person[CATEGORY[views.page] == category], worth)
    got = FORM_KIND[world.fills.form] == FormKind.DOWNLOAD
    np.add.at(points, world.fills.person[got], 15)
    return points


def test_about_a_quarter_becomes_sales_ready(world: World, frame: Frame) -> None:
    ready = world.people.ready_at < frame.spec.end_seconds
    assert 0.24 < ready.mean() < 0.30


def test_about_half_of_the_handovers_is_followed_up_soon(world: World) -> None:
    assert 0.40 < (world.handoffs.delay_days < 1.3).mean() < 0.60


def test_waiting_lowers_the_chance(world: World) -> None:
    buyers = _handoffs_of(world, PersonKind.BUYER, PersonKind.QUIET_BUYER)
    converts = happened(world.handoffs.converted)
    soon = buyers & (world.handoffs.delay_days < 0.5)
    late = buyers & (world.handoffs.delay_days > 3) & happened(world.handoffs.followed)
    ignored = buyers & ~happened(world.handoffs.followed)
    assert converts[soon].mean() > 1.3 * converts[late].mean()
    assert converts[ignored].mean() == 0


def test_browsers_see_most_and_buy_least(world: World) -> None:
    views = np.bincount(world.views.person, minlength=len(world.people))
    browser, quiet = _of(world, PersonKind.BROWSER), _of(world, PersonKind.QUIET_BUYER)
    assert views[browser].mean() > 10 * views[quiet].mean()
    converts = happened(world.handoffs.converted)
    from_quiet = converts[_handoffs_of(world, PersonKind.QUIET_BUYER)].mean()
    from_browsers = converts[_handoffs_of(world, PersonKind.BROWSER)].mean()
    assert from_quiet > 5 * from_browsers


def test_outcomes_do_not_follow_from_points(world: World) -> None:
    points = _rule_points(world)
    won = np.zeros(len(points), dtype=np.bool_)
    deals = world.deals
    won[deals.member_person[deals.won[deals.member_deal]]] = True
    top = points >= np.quantile(points, 0.9)
    quiet = _of(world, PersonKind.QUIET_BUYER)
    assert won[top].mean() < 0.15
    assert won[quiet & (points < np.median(points))].mean() > won[top].mean()
    # Among people alike in what is hidden, points say little about who wins.
    buyers = _of(world, PersonKind.BUYER)
    high = points[buyers] > np.median(points[buyers])
    assert 0.4 < won[buyers][high].mean() / won[buyers][~high].mean() < 2.5


def test_people_browse_in_japanese_office_hours(world: World) -> None:
    hour = (world.views.at + TOKYO) % DAY // HOUR
    assert ((hour >= 8) & (hour < 19)).mean() > 0.7
    weekday = ((world.views.at + TOKYO) // DAY + 3) % 7
    assert (weekday < 5).mean() > 0.85


def test_office_time_keeps_office_moments_and_moves_the_others(frame: Frame) -> None:
    cal = calendar(frame.spec.start_seconds, frame.spec.end_seconds)
    rng = np.random.default_rng(1)
    friday_evening = int(np.datetime64("2026-06-05T18:00", "s").astype(np.int64)) - TOKYO
    friday_noon = friday_evening - 6 * HOUR
    monday = friday_evening + 2 * DAY + 15 * HOUR
    moved = office_time(rng, cal, np.array([friday_noon, friday_evening]))
    assert moved[0] == friday_noon
    assert monday <= moved[1] <= monday + 2 * HOUR


def test_nothing_happens_after_the_end_or_before_the_person(world: World, frame: Frame) -> None:
    end = frame.spec.end_seconds
    for person, at in (
        (world.views.person, world.views.at),
        (world.fills.person, world.fills.at),
        (world.mails.person, world.mails.at),
        (world.handoffs.person, world.handoffs.at),
    ):
        assert at.max() < end
        assert (at >= world.people.created[person]).all()


def test_scanners_and_proxies_act_within_seconds(world: World) -> None:
    mails = world.mails
    after_open = mails.open_at - mails.delivered[mails.open_send]
    assert after_open[mails.open_machine].max() <= 5
    assert after_open[~mails.open_machine].min() > 5
    after_click = mails.click_at - mails.delivered[mails.click_send]
    assert after_click[mails.click_machine].max() <= 10
    assert after_click[~mails.click_machine].min() > 10


def test_volume_is_heavy_tailed(world: World) -> None:
    views = np.sort(np.bincount(world.views.person, minlength=len(world.people)))[::-1]
    assert views[: len(views) // 10].sum() > 0.35 * views.sum()
