"""The pages that are looked at: what customers see, what managers see behind a link, and what staff see."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.pictures import Trouble
from tests.pictures.browser import Browser

ANSWER_SECONDS = 40


@dataclass(frozen=True)
class Page:
    name: str  # of its picture
    path: str
    says: str  # words without which it is not that page
    act: Callable[[Browser], None] | None = None  # what is done there before it is looked at


def of_customers(found: dict[str, str]) -> list[Page]:
    """The price and the question are the answers; who pays and who has booked is written to in Polish."""
    price, style = "120 zł", "Which style"
    return [
        Page("chat-ceramics", "/chat/ceramics/", "Ask a question"),
        Page("chat-ceramics-answered", "/chat/ceramics/", price, writing("hi! how much is a wheel workshop?", price)),
        Page("chat-tattoo", "/chat/tattoo/", "Ask a question"),
        Page("chat-tattoo-answered", "/chat/tattoo/", style, writing("I want a fern on my forearm, 10 cm", style)),
        Page("book-choose", found["book"], "Choose your time"),
        Page("book-confirm", found["book"], "Book this time", pressing("a.time")),
        Page("book-done", found["booked"], "Zarezerwowane"),
        Page("pay-sandbox", found["pay"], "Tu nie płyną żadne pieniądze"),
        Page("pay-unpaid", f"{found['pay']}done/?back=1", "Jeszcze nie"),
        Page("pay-paid", f"{found['paid']}done/", "dzięk"),
    ]


def of_managers(found: dict[str, str]) -> list[Page]:
    """Behind one-time links, without logging in; the owner of the ceramics studio reads Polish."""
    return [
        Page("link-confirm", found["reservation approve"], "Potwierdź"),
        Page("link-other-time", found["reservation other_time"], "Zaproponuj ten termin"),
        Page("link-decline", found["reservation reject"], "Powód, który przeczyta klient"),
        Page("link-enquiry", found["lead approve_and_ask"], "works once"),
    ]


def login() -> Page:
    return Page("admin-login", "/admin/login/", "Log in")


def of_owner(found: dict[str, str]) -> list[Page]:
    return [
        Page("admin-index", "/admin/", "Welcome"),
        Page("inbox", "/admin/conversations/conversation/", "Needs you"),
        Page("inbox-all", "/admin/conversations/conversation/?show=all", "Needs you"),
        Page("conversation", found["conversation"], "Asystent Studia"),
        Page("conversation-enquiry", found["conversation with an enquiry"], "Decline"),
        Page("conversation-payment", found["conversation with a payment"], "200 zł"),
        Page("reservations", "/admin/bookings/reservation/", "Reservations"),
        Page("reservations-confirmed", "/admin/bookings/reservation/?show=confirmed", "Reservations"),
        Page("reservation", found["reservation"], "Confirm"),
        Page("enquiries-board", "/admin/bookings/lead/", "Enquiries"),
        Page("enquiries-list", "/admin/bookings/lead/?show=all", "Enquiries"),
        Page("enquiry", found["enquiry"], "Decline"),
        Page("enquiry-booked", found["booked enquiry"], "Booked"),
        Page("deposits", "/admin/payments/deposit/", "deposit"),
        Page("deposit", found["deposit"], "Paid"),
        Page("questions", "/admin/bookings/consultationquestion/", "placement"),
        Page("question", found["question"], "Save"),
        Page("knowledge", "/admin/bots/knowledge/", "Prices"),
        Page("knowledge-entry", found["knowledge"], "Save"),
        Page("places", "/admin/bookings/resource/", "Ola"),
        Page("place", found["place"], "Save"),
        Page("bots", "/admin/bots/bot/", "assistant"),
        Page("bot", found["bot"], "Save"),
        Page("spending", "/admin/bots/botspend/", "days of spending"),
        Page("customers", "/admin/conversations/contact/", "Emma Clarke"),
    ]


def of_installation() -> list[Page]:
    """For the one who runs it: the front desk may not see these."""
    return [Page("api-keys", "/admin/bots/apikey/", "API key"), Page("api-key-add", "/admin/bots/apikey/add/", "Save")]


def log_in(browser: Browser, url: str, user: str, password: str) -> None:
    browser.driver.delete_all_cookies()
    browser.driver.get(f"{url}/admin/login/?next=/admin/")
    browser.driver.find_element(By.NAME, "username").send_keys(user)
    browser.driver.find_element(By.NAME, "password").send_keys(password, Keys.ENTER)
    wait(lambda: urlsplit(browser.driver.current_url).path == "/admin/", f"The demo does not let “{user}” in.")


def writing(text: str, answer: str) -> Callable[[Browser], None]:
    """Write as a customer does, and wait for the words of the answer."""

    def act(browser: Browser) -> None:
        browser.driver.find_element(By.ID, "text").send_keys(text)
        browser.driver.find_element(By.ID, "send").click()
        answered = "return document.getElementById('log').innerText.includes(arguments[0])"
        wait(lambda: browser.script(answered, answer), f"Nobody answered “{text}”.")

    return act


def pressing(selector: str) -> Callable[[Browser], None]:
    def act(browser: Browser) -> None:
        browser.driver.find_element(By.CSS_SELECTOR, selector).click()

    return act


def wait(condition: Callable[[], object], otherwise: str) -> None:
    end = time.monotonic() + ANSWER_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise Trouble(otherwise)
        time.sleep(0.1)
