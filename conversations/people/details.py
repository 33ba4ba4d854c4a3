"""What customers tell of themselves: their name, their phone, their e-mail."""

from conversations.models import Contact

LONGEST_NAME = 200


def keep(contact: Contact, *, name: str = "", phone: str = "", email: str = "") -> list[str]:
    """Fill in what was not known yet; what staff have written stays. Returns the names of what was new."""
    told = {"name": name[:LONGEST_NAME], "phone": phone, "email": email}
    new = [field for field, value in told.items() if value and not getattr(contact, field)]
    for field in new:
        setattr(contact, field, told[field])
    if new:
        contact.save(update_fields=new)
    return new
