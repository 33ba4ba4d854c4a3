# Made anew when the tables took their present shape: nothing was installed anywhere yet.

import bots.db.fields
import bots.models.business
import bots.models.channel
import datetime
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pgvector.django
import pgvector.django.halfvec
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgvector.django.VectorExtension(),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RollupMark',
            fields=[
                ('source', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('upto_id', models.BigIntegerField(default=0)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Business',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(unique=True)),
                ('timezone', models.CharField(default='Europe/Warsaw', max_length=64, validators=[bots.models.business.check_timezone], verbose_name='time zone')),
                ('country', models.CharField(default='PL', help_text='Two letters; decides public holidays.', max_length=2)),
                ('currency', models.CharField(default='PLN', max_length=3)),
                ('default_language', models.CharField(choices=[('en', 'English'), ('pl', 'Polski'), ('uk', 'Українська'), ('ru', 'Русский'), ('es', 'Español')], default='en', max_length=8)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, help_text='Languages the bot answers in; none chosen means all that it knows.', size=None)),
                ('people_answer_from', models.TimeField(default='09:00', verbose_name='people answer from')),
                ('people_answer_until', models.TimeField(default='20:00', verbose_name='people answer until')),
                ('people_answer_on', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='Weekdays, Monday is 0; empty means every day.', size=None, verbose_name='people answer on')),
                ('staff', models.ManyToManyField(blank=True, related_name='businesses', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'businesses',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Bot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='How it introduces itself.', max_length=80)),
                ('slug', models.SlugField(help_text="Part of the chat page's address: /chat/<slug>/", unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Empty means every skill there is.', size=None)),
                ('debounce_seconds', models.FloatField(default=2.0, help_text='How long a customer must be quiet before the bot answers, so that a burst is one turn.')),
                ('debounce_ceiling_seconds', models.FloatField(default=12.0, help_text='The longest that a burst may put it off.')),
                ('takeover_hours', models.PositiveSmallIntegerField(default=3, help_text='How long the bot stays quiet after a person has written.')),
                ('colour', models.CharField(default='#1f6f5c', help_text='Of the chat page, like #1f6f5c.', max_length=7)),
                ('agent', models.CharField(choices=[('auto', 'A language model where there is a key, else rules'), ('rules', 'Rules'), ('llm', 'A language model')], default='auto', help_text='Whatever is chosen: when the model fails, rules answer.', max_length=8, verbose_name='answers with')),
                ('llm_provider', models.CharField(blank=True, choices=[('openai', 'OpenAI, or a server that speaks like it'), ('anthropic', 'Anthropic')], help_text='Empty: whichever has a key.', max_length=12, verbose_name='provider')),
                ('llm_model', models.CharField(blank=True, help_text='Of the provider above. Empty: as the installation says.', max_length=80, verbose_name='model')),
                ('llm_temperature', models.FloatField(blank=True, help_text="0 to 2, for models that take one. Empty: the model's own.", null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(2)], verbose_name='temperature')),
                ('llm_max_output_tokens', models.PositiveIntegerField(default=2000, help_text='In tokens, with what the model thinks before it answers.', validators=[django.core.validators.MinValueValidator(100), django.core.validators.MaxValueValidator(20000)], verbose_name='longest answer')),
                ('llm_daily_budget_cents', models.PositiveIntegerField(default=200, help_text='In US cents, per day of the business. Beyond it rules answer; 0 means that a model is never asked.', verbose_name='daily budget')),
                ('llm_keys', bots.db.fields.EncryptedDictField(default=dict)),
                ('persona', models.TextField(blank=True, help_text='Who it is, how it speaks, how it sells: told to the language model.', max_length=4000)),
                ('llm_extraction', models.CharField(choices=[('unsure', 'Only where the rules are unsure'), ('always', 'Always'), ('never', 'Never')], default='unsure', help_text='One request more for a turn, before the answer is thought of.', max_length=8, verbose_name='reads messages with the model')),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bots', to='bots.business')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Which machine has it; stands beside what it decides.', max_length=80, unique=True)),
                ('key_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('last_used_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('business', models.ForeignKey(blank=True, help_text='Empty: every business of this installation.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='api_keys', to='bots.business')),
            ],
            options={
                'verbose_name': 'API key',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ChannelAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=bots.models.channel.channel_choices, max_length=20)),
                ('external_id', models.CharField(help_text="The platform's own id of the account; for the web chat the bot's slug.", max_length=80, verbose_name='account id')),
                ('name', models.CharField(blank=True, max_length=80)),
                ('credentials', bots.db.fields.EncryptedDictField(default=dict)),
                ('is_active', models.BooleanField(default=True)),
                ('paused_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('paused_reason', models.CharField(blank=True, editable=False, max_length=200)),
                ('send_not_before', models.DateTimeField(blank=True, editable=False, null=True)),
                ('updated_at', bots.db.fields.SavedAtField(blank=True, editable=False)),
                ('bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accounts', to='bots.bot')),
            ],
            options={
                'ordering': ['channel', 'external_id'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(help_text='What it was about, like “reservation”.', max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('verb', models.CharField(max_length=40)),
                ('from_status', models.CharField(blank=True, max_length=20)),
                ('to_status', models.CharField(blank=True, max_length=20)),
                ('by_name', models.CharField(max_length=150)),
                ('source', models.CharField(max_length=20)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='bots.business')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='KeyState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=12)),
                ('fingerprint', models.CharField(help_text="A keyed hash of the key, or of the service's address.", max_length=64)),
                ('name', models.CharField(help_text='Where the key comes from: a variable, or a bot.', max_length=120)),
                ('resting_until', models.DateTimeField(blank=True, null=True)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('failures', models.PositiveSmallIntegerField(default=0, help_text='In a row.')),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'language model key',
                'ordering': ['provider', 'name'],
                'constraints': [models.UniqueConstraint(fields=('provider', 'fingerprint'), name='key_state_once')],
            },
        ),
        migrations.CreateModel(
            name='Knowledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(help_text='For staff, like “Parking”.', max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='knowledge', to='bots.business')),
            ],
            options={
                'verbose_name_plural': 'knowledge',
                'ordering': ['topic'],
            },
        ),
        migrations.CreateModel(
            name='KnowledgeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('pl', 'Polski'), ('uk', 'Українська'), ('ru', 'Русский'), ('es', 'Español')], max_length=8)),
                ('questions', models.TextField(help_text='One a line, as customers ask it.')),
                ('answer', models.TextField()),
                ('knowledge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='bots.knowledge')),
            ],
        ),
        migrations.CreateModel(
            name='KnowledgeVector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phrasing', models.TextField()),
                ('model', models.CharField(help_text='Which embedding model made it.', max_length=60)),
                ('embedding', pgvector.django.halfvec.HalfVectorField(dimensions=384)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vectors', to='bots.knowledgetext')),
            ],
        ),
        migrations.CreateModel(
            name='Manager',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Stands beside what they decide; customers do not see it.', max_length=80)),
                ('language', models.CharField(choices=[('en', 'English'), ('pl', 'Polski'), ('uk', 'Українська'), ('ru', 'Русский'), ('es', 'Español')], default='en', max_length=8)),
                ('telegram_chat_id', models.BigIntegerField(blank=True, help_text="Filled in by the link below; a group's number is negative.", null=True, verbose_name='Telegram chat')),
                ('telegram_user_id', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='Telegram user')),
                ('email', models.EmailField(blank=True, help_text='Used when there is no Telegram.', max_length=254, verbose_name='e-mail')),
                ('is_active', models.BooleanField(default=True)),
                ('agenda_at', models.TimeField(blank=True, default=datetime.time(8, 0), help_text="On the business's clock. Empty: never.", null=True, verbose_name='daily agenda at')),
                ('quiet_from', models.TimeField(default=datetime.time(21, 0), help_text='Messages then come without a sound…', verbose_name='silent from')),
                ('quiet_until', models.TimeField(default=datetime.time(8, 0), help_text='…unless they are about the same day.', verbose_name='silent until')),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='managers', to='bots.business')),
                ('user', models.ForeignKey(blank=True, help_text='If they also log in here: their decisions are recorded under this name as well.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='managers', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ActionLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('subject', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('verb', models.CharField(max_length=40)),
                ('from_status', models.CharField(max_length=20)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('used_from', models.CharField(blank=True, help_text='Address and browser, for the record.', max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='bots.business')),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='bots.manager')),
            ],
            options={
                'verbose_name': 'one-time link',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ManagerCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('used_by', models.BigIntegerField(blank=True, help_text='The Telegram user.', null=True)),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='bots.manager')),
            ],
        ),
        migrations.CreateModel(
            name='MessageTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Which automatic message it stands for.', max_length=60, verbose_name='stands for')),
                ('language', models.CharField(max_length=8, verbose_name="customer's language")),
                ('name', models.CharField(help_text='As it is called at the platform, like visit_reminder.', max_length=512)),
                ('platform_language', models.CharField(blank=True, help_text="Like pl or en_US. Empty: the customer's.", max_length=16, verbose_name='language at the platform')),
                ('parameters', models.TextField(blank=True, help_text='One fact a line, in the order of {{1}}, {{2}}, …; for named places name=fact, like visit_time=when. Never both.')),
                ('is_active', models.BooleanField(default=True)),
                ('status', models.CharField(blank=True, editable=False, max_length=40, verbose_name='at the platform')),
                ('trouble', models.CharField(blank=True, editable=False, max_length=200)),
                ('body', models.TextField(blank=True, editable=False)),
                ('buttons', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Its quick replies.')),
                ('checked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='templates', to='bots.channelaccount')),
            ],
            options={
                'ordering': ['account', 'key', 'language'],
            },
        ),
        migrations.CreateModel(
            name='RefusedDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(help_text='The channel or service: “instagram”, “stripe”.', max_length=20)),
                ('why', models.CharField(choices=[('forged', 'Forged'), ('unreadable', 'Unreadable'), ('too_large', 'Too large')], max_length=12)),
                ('day', models.DateField()),
                ('times', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'refused deliveries',
                'ordering': ['-day', 'channel'],
                'constraints': [models.UniqueConstraint(fields=('channel', 'why', 'day'), name='refused_delivery_once')],
            },
        ),
        migrations.CreateModel(
            name='Rollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('labels', models.JSONField()),
                ('count', models.BigIntegerField(default=0)),
                ('amount', models.FloatField(default=0)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bots.business')),
            ],
        ),
        migrations.CreateModel(
            name='StaffBot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('telegram_id', models.BigIntegerField(help_text='The number before the colon of its token.', unique=True, verbose_name='bot id')),
                ('username', models.CharField(blank=True, editable=False, max_length=64)),
                ('credentials', bots.db.fields.EncryptedDictField(default=dict)),
                ('key', models.CharField(default=bots.models.channel.new_key, editable=False, max_length=43, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('paused_reason', models.CharField(blank=True, editable=False, max_length=200)),
                ('send_not_before', models.DateTimeField(blank=True, editable=False, null=True)),
                ('next_update', models.BigIntegerField(default=0, editable=False, help_text='What polling asks for next.')),
                ('business', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='staff_bot', to='bots.business')),
            ],
            options={
                'verbose_name': 'Telegram bot for staff',
                'verbose_name_plural': 'Telegram bots for staff',
            },
        ),
        migrations.CreateModel(
            name='StaffNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=400)),
                ('backend', models.CharField(max_length=20, verbose_name='way')),
                ('kind', models.CharField(max_length=20)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('subject_id', models.BigIntegerField(default=0)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('status', models.CharField(choices=[('queued', 'Waits to be sent'), ('sending', 'Being sent'), ('sent', 'Delivered'), ('failed', 'Given up'), ('superseded', 'Not needed any more')], default='queued', max_length=12)),
                ('status_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('wanted_version', models.PositiveIntegerField(default=1)),
                ('shown_version', models.PositiveIntegerField(default=0)),
                ('give_up_at', models.DateTimeField()),
                ('external_id', models.CharField(blank=True, help_text='The message at the other side.', max_length=40)),
                ('maybe_twice', models.BooleanField(default=False, help_text='It is not known whether an earlier try arrived.')),
                ('dedupe_key', models.CharField(max_length=120, unique=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_notices', to='bots.business')),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='bots.manager')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='TelegramQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.BigIntegerField(default=0, help_text='Of the question; an answer may name it.')),
                ('verb', models.CharField(max_length=40)),
                ('from_status', models.CharField(max_length=20)),
                ('asks', models.CharField(max_length=20)),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bots.manager')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bots.staffnotice')),
                ('staff_bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bots.staffbot')),
            ],
        ),
        migrations.CreateModel(
            name='TelegramUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=400)),
                ('update_id', models.BigIntegerField()),
                ('payload', models.JSONField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('from_user', models.BigIntegerField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=120)),
                ('staff_bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='bots.staffbot')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.CharField(choices=[('disclosure', 'First contact: an assistant answers, a person can be had'), ('handover', 'Handing over to a person'), ('unknown', 'Does not know, will ask')], max_length=20)),
                ('language', models.CharField(choices=[('en', 'English'), ('pl', 'Polski'), ('uk', 'Українська'), ('ru', 'Русский'), ('es', 'Español')], max_length=8)),
                ('text', models.TextField(max_length=400)),
                ('bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='bots.bot')),
            ],
        ),
        migrations.CreateModel(
            name='BotSpend',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('reserved_microdollars', models.BigIntegerField(default=0, verbose_name='reserved')),
                ('spent_microdollars', models.BigIntegerField(default=0, verbose_name='spent')),
                ('requests', models.PositiveIntegerField(default=0)),
                ('over_budget_at', models.DateTimeField(blank=True, help_text='When a request was first held back on this day.', null=True, verbose_name='over budget since')),
                ('bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spending', to='bots.bot')),
            ],
            options={
                'verbose_name': 'day of spending',
                'verbose_name_plural': 'days of spending',
                'ordering': ['-day', 'bot'],
                'constraints': [models.UniqueConstraint(fields=('bot', 'day'), name='bot_spend_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='channelaccount',
            constraint=models.UniqueConstraint(fields=('channel', 'external_id'), name='channel_account_once'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['subject', 'subject_id', '-id'], name='decision_subject'),
        ),
        migrations.AddConstraint(
            model_name='knowledgetext',
            constraint=models.UniqueConstraint(fields=('knowledge', 'language'), name='knowledge_text_once'),
        ),
        migrations.AddConstraint(
            model_name='knowledgevector',
            constraint=models.UniqueConstraint(fields=('text', 'phrasing', 'model'), name='knowledge_vector_once'),
        ),
        migrations.AddConstraint(
            model_name='manager',
            constraint=models.UniqueConstraint(fields=('business', 'telegram_chat_id'), name='manager_chat_once'),
        ),
        migrations.AddConstraint(
            model_name='manager',
            constraint=models.UniqueConstraint(fields=('business', 'telegram_user_id'), name='manager_telegram_user_once'),
        ),
        migrations.AddIndex(
            model_name='actionlink',
            index=models.Index(fields=['subject', 'subject_id'], name='action_link_subject'),
        ),
        migrations.AddIndex(
            model_name='actionlink',
            index=models.Index(fields=['expires_at'], name='action_link_old'),
        ),
        migrations.AddConstraint(
            model_name='actionlink',
            constraint=models.CheckConstraint(condition=models.Q(('manager__isnull', False), ('user__isnull', False), _connector='OR'), name='action_link_speaks_for_someone'),
        ),
        migrations.AddConstraint(
            model_name='messagetemplate',
            constraint=models.UniqueConstraint(fields=('account', 'key', 'language'), name='message_template_once'),
        ),
        migrations.AddConstraint(
            model_name='rollup',
            constraint=models.UniqueConstraint(fields=('source', 'business', 'labels'), name='tally_once'),
        ),
        migrations.AddIndex(
            model_name='staffnotice',
            index=models.Index(condition=models.Q(('status', 'queued')), fields=['due_at'], name='staff_notice_due'),
        ),
        migrations.AddIndex(
            model_name='staffnotice',
            index=models.Index(condition=models.Q(('status', 'sending')), fields=['lease_until'], name='staff_notice_leases'),
        ),
        migrations.AddIndex(
            model_name='staffnotice',
            index=models.Index(fields=['subject', 'subject_id'], name='staff_notice_subject'),
        ),
        migrations.AddIndex(
            model_name='staffnotice',
            index=models.Index(condition=models.Q(('status', 'failed')), fields=['business'], name='staff_notice_failed'),
        ),
        migrations.AddIndex(
            model_name='telegramupdate',
            index=models.Index(condition=models.Q(('handled_at', None)), fields=['due_at'], name='telegram_update_due'),
        ),
        migrations.AddConstraint(
            model_name='telegramupdate',
            constraint=models.UniqueConstraint(fields=('staff_bot', 'update_id'), name='telegram_update_once'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(fields=('bot', 'sentence', 'language'), name='wording_once'),
        ),
    ]
