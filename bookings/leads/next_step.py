"""What comes next for an enquiry, and who must do it: the same on the board, on its page and in the API."""

from dataclasses import dataclass

from bookings.models import Lead

Status = Lead.Status


@dataclass(frozen=True, slots=True)
class Step:
    """`code` is for machines, `words` for staff; `waits_for` is “staff”, “customer” or nobody ("")."""

    code: str
    words: str
    waits_for: str


OVER = Step("", "", "")
ANSWER = Step("answer", "The customer answers the questions", "customer")
APPROVE = Step("approve", "Approve or decline it", "staff")
ASK_DEPOSIT = Step("send_deposit", "Ask for the deposit", "staff")
PAY = Step("pay", "The customer pays the deposit", "customer")
SEND_LINK = Step("send_booking_link", "Send the booking link", "staff")
CHOOSE = Step("choose_time", "The customer chooses a time", "customer")
LATE = Step("decide_late_payment", "Paid too late: keep it or give it back", "staff")
FIXED = {
    Status.DRAFT: ANSWER,
    Status.PENDING_APPROVAL: APPROVE,
    Status.DEPOSIT_REQUESTED: PAY,
    Status.DEPOSIT_PAID: SEND_LINK,
    Status.BOOKING_LINK_SENT: CHOOSE,
}


def next_step(lead: Lead) -> Step:
    """Return what must happen for the enquiry to go on."""
    if lead.paid_late_at is not None:
        return LATE
    if lead.status == Status.APPROVED:
        return ASK_DEPOSIT if lead.deposit_amount else SEND_LINK
    return FIXED.get(Status(lead.status), OVER)
