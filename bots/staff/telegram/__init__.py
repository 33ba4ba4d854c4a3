"""Managers in Telegram: cards with buttons out, callbacks and commands in. Polling and webhook feed one handler."""
