"""What a school does about the missing in one morning, and who does it: steps of the first-day journeys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from allpresent.people.models import Pupil
from allpresent.registers.models import CurrentMark
from allpresent.schools.models import School
from tests.journeys.school_day import SchoolDay, press
from tests.journeys.steps import check_accessible
from tests.messages.post_office import PostOffice
from tests.parents.signing_in import GRACE, HOME


@dataclass
class Morning:
    """One class of one school, and the browsers of those who live through the day. `parent` holds a phone."""

    school: School
    pupils: Mapping[str, Pupil]
    day: SchoolDay
    post: PostOffice
    teacher: Page
    office: Page
    second: Page
    head: Page
    parent: Page

    def held(self, day: str, half: str) -> str:
        """The codes in force, in the order of names, apart by spaces; '-' for a blank."""
        marks = CurrentMark.objects.filter(school=self.school, day=day, half=half)
        codes = dict(marks.values_list("pupil__surname", "code"))
        return " ".join(codes.get(name, "-") for name in self.pupils)

    def open(self, page: Page, address: str) -> Page:
        """A page of the school, checked for everybody's use."""
        page.goto(f"/{self.school.slug}/{address}")
        check_accessible(page)
        return page

    def row(self, page: Page, surname: str) -> Locator:
        return page.locator(f"#row-{self.pupils[surname].id}")


def take_call(morning: Morning, surname: str, *, reason: str, says: str, about: str = "", at: str = "") -> None:
    """A parent rings the office before the register."""
    page = morning.open(morning.office, f"absences/new/?q={surname}")
    if about:
        page.get_by_label(about, exact=True).check()
    page.get_by_label(reason, exact=True).check()
    page.get_by_label("What was said").fill(says)
    if at:
        page.get_by_label("Time of the appointment").fill(at)
    check_accessible(page)
    page.get_by_role("button", name="Keep the message").click()
    expect(page.get_by_role("status")).to_contain_text("the message is kept")


def take_register(morning: Morning, absent: Iterable[str], *, says: Mapping[str, str]) -> None:
    """The teacher reads on her register what parents say, presses N for the absent, and marks the others present."""
    page = morning.teacher
    page.goto("/")
    page.get_by_role("button", name="Take the register").last.click()
    for surname, words in says.items():
        expect(page.get_by_role("row", name=surname)).to_contain_text(words)
    for surname in absent:
        press(page, surname, "N")
    page.locator("#fill").click()
    expect(page.locator("#state")).to_contain_text("Saved at")
    check_accessible(page)


def log(morning: Morning, page: Page, surname: str, result: str, *, says: str = "", then: str = "") -> None:
    """A call is written down on the worklist, at the step that comes next; `then` is the step after it."""
    row = morning.row(page, surname)
    row.get_by_text("Log a call").click()
    if says:
        row.get_by_label("In a few words").fill(says)
    row.get_by_role("button", name=result).click()
    expect(page.get_by_role("status")).to_contain_text("Logged.")
    expect(morning.row(page, surname)).to_contain_text(then)


def headed(page: Page, says: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(says)


def reason_given(morning: Morning, page: Page, surname: str, reason: str, *, says: str) -> None:
    """Whoever answers says why: the reason is kept, and nobody calls any more."""
    row = morning.row(page, surname)
    row.get_by_text("Log a call").click()
    row.get_by_label("In a few words").fill(says)
    row.get_by_label("Reason given").select_option(reason)
    row.get_by_role("button", name="Keep the reason").click()
    expect(page.get_by_role("status")).to_contain_text("Logged.")
    expect(morning.row(page, surname)).to_contain_text(says)


def in_order(page: Page) -> list[str]:
    """The surnames on the worklist, as they stand."""
    names = page.locator("section[aria-labelledby=now] .call__name").all_inner_texts()
    return [name.partition(",")[0] for name in names]


def sign_in_by_code(morning: Morning) -> None:
    """The parent asks for a code, the worker sends it, and it opens the pages."""
    page, before = morning.parent, len(morning.post.taken)
    page.goto(HOME)
    page.get_by_label("Your e-mail address").fill(GRACE)
    page.get_by_role("button", name="Send me a code").click()
    morning.day.tick()
    [mail] = [mail for mail in morning.post.taken[before:] if GRACE in str(mail["To"])]
    page.get_by_label("Code").fill(re.search(r"\b([A-Z0-9]{6})\b", mail.get_payload(decode=True).decode())[1])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{HOME}")
    check_accessible(page)


def tell_from_a_phone(morning: Morning, forename: str, *, also: str) -> None:
    """The parent says why one child is not in, and of the other says nothing."""
    page = morning.parent
    asked = page.locator(".asked", has_text=f"{forename} was marked absent this morning")
    asked.get_by_role("button", name="Tell the school why").click()
    check_accessible(page)
    page.get_by_label(forename, exact=True).check()
    page.get_by_label(also, exact=True).uncheck()
    page.get_by_label("Ill", exact=True).check()
    page.get_by_role("button", name="Tell the school").click()
    expect(page.get_by_role("status")).to_contain_text(f"The school has your message about {forename}")
    check_accessible(page)


def out_and_back(morning: Morning, surname: str, *, out: str, back: str) -> None:
    """A child is fetched for an appointment, is out on the list, and comes back through the office."""
    page = morning.office
    morning.day.at(out)
    morning.open(page, f"leaving/?pupil={morning.pupils[surname].id}")
    page.get_by_label("listed to collect").check()
    page.get_by_label("An appointment").check()
    page.get_by_label("Back about").fill(back)
    page.locator("#form").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text(f"signed out at {out}")
    check_accessible(page)
    morning.day.at(back)
    morning.open(page, "site/")
    page.get_by_role("link", name=f"Back? {surname}").click()
    check_accessible(page)
    page.get_by_role("button", name="They are back").click()
    expect(page.get_by_role("status")).to_contain_text(f"back at {back}")


def settle(morning: Morning, surname: str, code: str, *, says: str) -> None:
    """The office accepts in one press the code that is proposed, beside what was said."""
    page = morning.open(morning.office, "settle/")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=surname)).filter(has_text=says)
    card.get_by_role("button", name=f"Settle as {code} for {surname}").click()
    expect(page.get_by_role("status")).to_contain_text(f"settled as {code}")


def decided_by_the_head_alone(morning: Morning, surname: str, *, says: str) -> None:
    """The office is told whom to go to; the head decides, from Today."""
    pupil, office, head = morning.pupils[surname], morning.office, morning.head
    step = morning.open(office, f"calls/{pupil.id}/").locator("#step-decide-police")
    expect(step).to_contain_text("Who decides on the police or a welfare check")
    expect(step.get_by_role("button")).to_have_count(0)
    head.goto("/")
    head.get_by_role("link", name=f"Decide about {surname}").click()
    head.get_by_label("What was decided, and why").fill(says)
    check_accessible(head)
    head.get_by_role("button", name="Keep the decision").click()
    expect(head.get_by_role("status")).to_contain_text("decided. Kept.")
    expect(head.locator("#step-decide-police")).to_contain_text(says)


def left_out_by_the_head(morning: Morning, surname: str, *, why: str) -> None:
    """No step is passed over without a reason."""
    head = morning.open(morning.head, f"calls/{morning.pupils[surname].id}/")
    step = head.locator("#step-decide-police")
    step.get_by_text("Leave this step out").click()
    step.get_by_label("Why it is left out").fill(why)
    step.get_by_role("button", name="Leave it out").click()
    expect(head.locator("#step-decide-police")).to_contain_text(why)


def what_became_of(morning: Morning, forename: str, day: str) -> str:
    """What a parent reads of one day of a child, having signed in anew."""
    sign_in_by_code(morning)
    page = morning.parent
    page.get_by_role("link", name=f"{forename}’s attendance").click()
    check_accessible(page)
    return page.get_by_role("listitem").filter(has_text=day).first.inner_text()
