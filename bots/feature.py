"""What those who answer, and those who decide, bring to the platform."""

from bots.admin import api_keys, llm, managers, scoped
from bots.metrics import families
from bots.registry import SET_UP, Feature, Job, MenuItem
from bots.setup import channels, email, installation, llm as llm_setup, telegram
from bots.staff import agenda, sweeps
from bots.staff.links import actions as links
from bots.staff.notifications import delivery
from bots.staff.telegram import updates
from bots.templates import check as templates

FEATURE = Feature(
    metrics=(families.families,),
    setup_checks=(installation.check, channels.check, telegram.check, email.check, llm_setup.check),
    csrf_exempt=(
        "bots.staff.links.pages.ActionLinkPage",  # the link's own secret, and the signed mark of the page
        "bots.staff.telegram.webhook.telegram",  # the secret that Telegram was given, in a header
    ),
    tasks={
        "templates.check": templates.check_again,
        "telegram.handle": updates.handle,
        "notices.deliver": delivery.deliver,
    },
    jobs=(
        Job("templates", 43_200, "Ask which message templates are approved.", templates.check_all),
        Job(
            "notices",
            2,
            "Tell managers what they were not told yet; handle what they pressed.",
            sweeps.wake_up,
            sweeps.drain,
        ),
        Job("agendas", 60, "Tell managers what the day brings.", agenda.notify_due, agenda.notify_due),
        Job("old_updates", 86_400, "Forget what managers wrote weeks ago.", updates.forget_old),
        Job("old_links", 86_400, "Forget one-time links that expired three months ago.", links.forget_old),
    ),
    menu=(
        MenuItem(SET_UP, 10, "Businesses", "store", "bots_business_changelist"),
        MenuItem(SET_UP, 20, "Bots", "smart_toy", "bots_bot_changelist", badge=llm.models_badge),
        MenuItem(SET_UP, 40, "Channels", "forum", "bots_channelaccount_changelist"),
        MenuItem(SET_UP, 50, "Message templates", "mark_chat_read", "bots_messagetemplate_changelist"),
        MenuItem(SET_UP, 60, "Managers", "supervisor_account", "bots_manager_changelist"),
        MenuItem(
            SET_UP,
            70,
            "Notices to managers",
            "notifications",
            "bots_staffnotice_changelist",
            badge=managers.failed_badge,
        ),
        MenuItem(SET_UP, 80, "Telegram bots", "send", "bots_staffbot_changelist"),
        MenuItem(SET_UP, 90, "What came from Telegram", "move_to_inbox", "bots_telegramupdate_changelist"),
        MenuItem(SET_UP, 200, "Knowledge", "menu_book", "bots_knowledge_changelist"),
        MenuItem(SET_UP, 210, "Spending on models", "payments", "bots_botspend_changelist"),
        MenuItem(SET_UP, 230, "Keys of models", "key", "bots_keystate_changelist"),
        MenuItem(SET_UP, 250, "API keys", "vpn_key", "bots_apikey_changelist", permission=api_keys.may_see),
        MenuItem(SET_UP, 270, "People who log in", "badge", "auth_user_changelist", permission=scoped.is_superuser),
    ),
)
