"""The channels there are. One line per entry; URLs, admin choices and contract tests follow from it."""

from bots.channels.base import Channel
from bots.channels.instagram.channel import Instagram
from bots.channels.webchat import WebChat
from bots.channels.whatsapp.channel import WhatsApp

CHANNELS: dict[str, type[Channel]] = {Instagram.code: Instagram, WebChat.code: WebChat, WhatsApp.code: WhatsApp}
