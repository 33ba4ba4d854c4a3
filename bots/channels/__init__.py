"""The channels there are: one name each. URLs, admin choices and the form of secrets follow from it."""

from bots.channels.base import Channel
from bots.channels.instagram.channel import Instagram
from bots.channels.webchat import WebChat
from bots.channels.whatsapp.channel import WhatsApp

CHANNELS: dict[str, type[Channel]] = {channel.code: channel for channel in (Instagram, WebChat, WhatsApp)}
