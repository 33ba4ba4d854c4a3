"""The channels there are. One line per entry; URLs, admin choices and contract tests follow from it."""

from bots.channels.base import Channel
from bots.channels.instagram import Instagram
from bots.channels.webchat import WebChat
from bots.channels.whatsapp import WhatsApp

CHANNELS: dict[str, type[Channel]] = {
    Instagram.code: Instagram,
    WebChat.code: WebChat,
    WhatsApp.code: WhatsApp,
}
