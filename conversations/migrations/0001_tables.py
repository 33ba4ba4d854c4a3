# Made anew when the tables took their present shape: nothing was installed anywhere yet.

import bots.db.fields
import conversations.models.attachments
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bots', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, help_text='International form; never required.', max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('opted_out_at', models.DateTimeField(blank=True, help_text='Wants no automatic messages since then.', null=True)),
                ('opted_out_by', models.CharField(blank=True, help_text='By words of theirs, or by the platform.', max_length=10)),
                ('consent_at', models.DateTimeField(blank=True, help_text='When they last said whether they want automatic messages.', null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='bots.business')),
            ],
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peer_kind', models.CharField(max_length=20)),
                ('peer', models.CharField(help_text='The identity that replies go to.', max_length=200)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('disclosed_at', models.DateTimeField(blank=True, help_text='When it was told that an assistant answers.', null=True)),
                ('mode', models.CharField(choices=[('bot', 'Bot'), ('person', 'Person'), ('nobody', 'Nobody')], default='bot', max_length=8)),
                ('attention', models.CharField(blank=True, choices=[('', 'Nothing'), ('wants_person', 'Wants a person'), ('question', 'Unanswered question'), ('waiting', 'Waits for your answer'), ('failed_send', 'Message not delivered'), ('late', 'Old message, not answered'), ('stuck', 'Bot could not answer')], default='', max_length=16)),
                ('attention_at', models.DateTimeField(blank=True, null=True)),
                ('last_seq', models.BigIntegerField(default=0)),
                ('last_inbound_seq', models.BigIntegerField(default=0)),
                ('answered_seq', models.BigIntegerField(default=0)),
                ('staff_read_seq', models.BigIntegerField(default=0)),
                ('last_inbound_at', models.DateTimeField(blank=True, null=True)),
                ('window_refused_at', models.DateTimeField(blank=True, help_text='When the channel refused a reply as too late, whatever our own clock says.', null=True)),
                ('last_message_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('oldest_unanswered_at', models.DateTimeField(blank=True, null=True)),
                ('enqueued_at', models.DateTimeField(blank=True, help_text='When a worker was last woken up; a claim clears it.', null=True)),
                ('generation', models.BigIntegerField(default=0)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('redo', models.PositiveSmallIntegerField(default=0)),
                ('failed_turns', models.PositiveSmallIntegerField(default=0)),
                ('not_understood', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='bots.channelaccount')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='conversations.contact')),
            ],
        ),
        migrations.CreateModel(
            name='DeadLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=20)),
                ('account', models.CharField(blank=True, max_length=80)),
                ('reason', models.CharField(max_length=200)),
                ('body', models.BinaryField()),
                ('digest', models.CharField(help_text='SHA-256 of channel, account and body: the same is kept once.', max_length=64)),
                ('times', models.PositiveIntegerField(default=1)),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'verbose_name': 'unreadable delivery',
                'verbose_name_plural': 'unreadable deliveries',
                'constraints': [models.UniqueConstraint(fields=('digest',), name='unreadable_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField()),
                ('author', models.CharField(choices=[('customer', 'Customer'), ('bot', 'Bot'), ('staff', 'Staff')], max_length=10)),
                ('kind', models.CharField(choices=[('text', 'Text'), ('media', 'Photo or file'), ('edited', 'Edit'), ('deleted', 'Deletion'), ('reaction', 'Reaction'), ('unsupported', 'Not supported by the channel'), ('event', 'Event')], default='text', max_length=12)),
                ('status', models.CharField(choices=[('received', 'Received'), ('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('read', 'Read'), ('failed', 'Failed'), ('held', 'Waits for a person'), ('cancelled', 'Not sent'), ('unknown', 'Not known whether it arrived')], max_length=10)),
                ('external_id', models.CharField(blank=True, default='', max_length=400)),
                ('text', models.TextField(blank=True)),
                ('choice', models.CharField(blank=True, help_text='The button that was pressed.', max_length=400)),
                ('media', models.JSONField(blank=True, default=list)),
                ('buttons', models.JSONField(blank=True, default=list)),
                ('asks', models.JSONField(blank=True, default=list, help_text='The fields that this message asked the customer for.')),
                ('raw', models.JSONField(blank=True, default=dict)),
                ('sent_at', models.DateTimeField(help_text="By the channel's clock for what came in, by ours for what goes out.")),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expected', models.BooleanField(default=True, help_text='Whether what came in waits for an answer.')),
                ('purpose', models.CharField(blank=True, choices=[('reply', 'Reply'), ('news', 'News about a booking'), ('reminder', 'Reminder'), ('notice', 'Says that a person takes over, or that it will be quiet'), ('staff', 'Written by a person')], max_length=10)),
                ('dedupe_key', models.CharField(blank=True, default='', max_length=120)),
                ('client_ref', models.UUIDField(default=uuid.uuid4)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('not_before', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('maybe_duplicate', models.BooleanField(default=False)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('status_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('template', models.JSONField(blank=True, default=dict, help_text='Of which automatic message it is one, in which language, and the facts that it was made of.')),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bots.channelaccount')),
                ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='conversations.conversation')),
            ],
            options={
                'ordering': ['seq'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=400)),
                ('position', models.PositiveSmallIntegerField(default=0, help_text="Its place in the message's media.")),
                ('kind', models.CharField(max_length=12)),
                ('source_id', models.CharField(blank=True, help_text="The platform's own id of the file.", max_length=200)),
                ('source_url', models.TextField(blank=True)),
                ('title', models.CharField(blank=True, help_text="The name that the customer's side gave it.", max_length=200)),
                ('status', models.CharField(choices=[('waiting', 'Being fetched'), ('stored', 'Stored'), ('refused', 'Not kept'), ('lost', 'Could not be fetched')], default='waiting', max_length=10)),
                ('file', models.CharField(default=conversations.models.attachments.new_name, editable=False, help_text='Where it is under MEDIA_ROOT.', max_length=80)),
                ('has_thumbnail', models.BooleanField(default=False)),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0, help_text='In bytes.')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('width', models.PositiveIntegerField(default=0)),
                ('height', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('status_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='conversations.message')),
            ],
            options={
                'ordering': ['message', 'position'],
            },
        ),
        migrations.CreateModel(
            name='ParkedEcho',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=400)),
                ('text', models.TextField(blank=True)),
                ('media', models.JSONField(blank=True, default=list)),
                ('raw', models.JSONField(blank=True, default=dict)),
                ('sent_at', models.DateTimeField()),
                ('decide_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bots.channelaccount')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.conversation')),
            ],
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by_name', models.CharField(max_length=150)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='conversations.conversation')),
            ],
        ),
        migrations.CreateModel(
            name='Summary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_seq', models.BigIntegerField(help_text='The first message that it was made from…')),
                ('upto_seq', models.BigIntegerField(help_text='…and the last.')),
                ('message_ids', models.JSONField(default=list, help_text='All that it was made from.')),
                ('text', models.TextField()),
                ('facts', models.JSONField(default=list, help_text='About the customer.')),
                ('open_matters', models.JSONField(default=list)),
                ('made_by', models.CharField(help_text='The model, or “rules”.', max_length=80)),
                ('prompt_version', models.CharField(blank=True, max_length=12)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='summaries', to='conversations.conversation')),
                ('earlier', models.ForeignKey(blank=True, help_text='The one it goes on from.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.summary')),
            ],
            options={
                'verbose_name_plural': 'summaries',
                'ordering': ['-upto_seq'],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.BigIntegerField()),
                ('after_seq', models.BigIntegerField()),
                ('upto_seq', models.BigIntegerField()),
                ('agent', models.CharField(help_text='Who answered in the end.', max_length=20)),
                ('fallback', models.CharField(blank=True, help_text='Why rules answered although a model was asked.', max_length=200)),
                ('understood', models.JSONField(default=dict)),
                ('steps', models.JSONField(default=list, help_text='Tools called, with their facts.')),
                ('outcome', models.CharField(choices=[('answered', 'Answered'), ('silent', 'Nothing to say'), ('redo', 'Put aside: more was written meanwhile'), ('fenced', 'Put aside: someone else took over'), ('failed', 'Failed')], max_length=10)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='conversations.conversation')),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='turn',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='conversations.turn'),
        ),
        migrations.CreateModel(
            name='LLMCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=40)),
                ('prompt_version', models.CharField(blank=True, max_length=40)),
                ('provider', models.CharField(max_length=12)),
                ('model', models.CharField(max_length=80)),
                ('key', models.CharField(help_text="The beginning of the key's fingerprint.", max_length=12)),
                ('input_tokens', models.PositiveIntegerField(default=0)),
                ('cached_tokens', models.PositiveIntegerField(default=0)),
                ('cache_write_tokens', models.PositiveIntegerField(default=0)),
                ('output_tokens', models.PositiveIntegerField(default=0)),
                ('cost_microdollars', models.PositiveBigIntegerField(default=0, help_text='In millionths of a US dollar.', verbose_name='cost')),
                ('latency_ms', models.PositiveIntegerField(help_text='In milliseconds.', verbose_name='took')),
                ('outcome', models.CharField(max_length=12)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('request_id', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='llm_calls', to='bots.bot')),
                ('conversation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='llm_calls', to='conversations.conversation')),
                ('turn', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='llm_calls', to='conversations.turn')),
            ],
            options={
                'verbose_name': 'request to a language model',
                'verbose_name_plural': 'requests to language models',
            },
        ),
        migrations.CreateModel(
            name='BotPrompt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('intent_detection', 'Intent detection'), ('service_identification', 'Service identification'), ('main_response', 'Main response'), ('dialogue_compression', 'Dialogue compression')], max_length=30)),
                ('text', models.TextField(max_length=20000)),
                ('version', models.CharField(editable=False, help_text='The same text has the same version.', max_length=12)),
                ('is_active', models.BooleanField(default=False)),
                ('changed_at', bots.db.fields.SavedAtField(blank=True, editable=False)),
                ('bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prompts', to='bots.bot')),
            ],
            options={
                'verbose_name': 'prompt',
                'ordering': ['bot', 'purpose', '-is_active', '-changed_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('bot', 'purpose'), name='bot_prompt_one_active')],
            },
        ),
        migrations.CreateModel(
            name='ContactIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('value', models.CharField(max_length=200)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bots.business')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to='conversations.contact')),
            ],
            options={
                'verbose_name_plural': 'contact identities',
                'constraints': [models.UniqueConstraint(fields=('business', 'channel', 'kind', 'value'), name='identity_once')],
            },
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('answered_seq__lt', models.F('last_inbound_seq')), ('mode', 'bot')), fields=['due_at'], name='conversation_due'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('attention', ''), _negated=True), fields=['attention_at'], name='conversation_attention'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['-last_message_at'], name='conversation_latest'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.UniqueConstraint(fields=('account', 'peer_kind', 'peer'), name='conversation_once'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=models.Q(('answered_seq__lte', models.F('last_seq'))), name='conversation_answered_in_range'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('status', 'waiting')), fields=['due_at'], name='attachment_waiting'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('message', 'position'), name='attachment_once'),
        ),
        migrations.AddConstraint(
            model_name='parkedecho',
            constraint=models.UniqueConstraint(fields=('account', 'external_id'), name='parked_echo_once'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('conversation',), name='pause_one_open'),
        ),
        migrations.AddConstraint(
            model_name='summary',
            constraint=models.UniqueConstraint(fields=('conversation', 'upto_seq'), name='summary_once'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['conversation', '-id'], name='turn_conversation'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('status__in', ['queued', 'sending'])), fields=['conversation', 'seq'], name='message_unsent'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('status__in', ['failed', 'held', 'unknown'])), fields=['conversation'], name='message_stuck'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('turn__isnull', False)), fields=['turn'], name='message_of_turn'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('by__isnull', False)), fields=['by'], name='message_by_staff'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('conversation', 'seq'), name='message_seq_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('account', 'external_id'), name='message_external_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('dedupe_key', ''), _negated=True), fields=('dedupe_key',), name='message_dedupe_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('author', 'customer'), _negated=True), fields=('client_ref',), name='message_ref_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author', 'customer'), _negated=True), models.Q(('external_id', ''), _negated=True), _connector='OR'), name='message_from_customer_has_id'),
        ),
        migrations.AddIndex(
            model_name='llmcall',
            index=models.Index(fields=['bot', '-at'], name='llm_call_bot'),
        ),
        migrations.AddIndex(
            model_name='llmcall',
            index=models.Index(fields=['conversation', '-id'], name='llm_call_conversation'),
        ),
    ]
