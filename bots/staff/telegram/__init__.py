"""Managers in Telegram: cards with buttons out, presses and commands in. Polling and webhook feed the same handler."""
