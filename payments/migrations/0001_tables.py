# Made anew when the tables took their present shape: nothing was installed anywhere yet.

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import payments.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bots', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProviderState',
            fields=[
                ('provider', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('paused_reason', models.CharField(blank=True, max_length=400)),
                ('try_at', models.DateTimeField(blank=True, null=True)),
                ('warning', models.CharField(blank=True, help_text='Works, but look at it.', max_length=400)),
            ],
        ),
        migrations.CreateModel(
            name='SandboxSession',
            fields=[
                ('session_id', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('key', models.CharField(help_text='Ours, so that asking twice makes one.', max_length=120, unique=True)),
                ('reference', models.CharField(max_length=40)),
                ('amount', models.PositiveIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('status', models.CharField(default='open', max_length=10)),
                ('payment', models.CharField(default='unpaid', max_length=10)),
                ('payment_intent', models.CharField(blank=True, max_length=80)),
                ('expires_at', models.DateTimeField()),
                ('refunds', models.JSONField(blank=True, default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=400)),
                ('subject', models.CharField(help_text='What it is for, like “lead”.', max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('title', models.CharField(help_text='What the payer reads.', max_length=200)),
                ('amount', models.PositiveIntegerField(help_text='In minor units.')),
                ('currency', models.CharField(max_length=3)),
                ('language', models.CharField(choices=[('en', 'English'), ('pl', 'Polski'), ('uk', 'Українська'), ('ru', 'Русский'), ('es', 'Español')], max_length=8)),
                ('status', models.CharField(choices=[('requested', 'Being prepared'), ('open', 'Waits for the payment'), ('paid', 'Paid'), ('expired', 'Not paid in time'), ('failed', 'Failed'), ('withdrawn', 'Taken back')], default='requested', max_length=10)),
                ('status_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('failure', models.CharField(blank=True, help_text='Why it failed, for staff.', max_length=200)),
                ('expires_at', models.DateTimeField(help_text='Until then it can be paid.')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, help_text='How providers know it.', unique=True)),
                ('token', models.CharField(default=payments.models.new_token, editable=False, max_length=22, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('provider', models.CharField(max_length=12)),
                ('livemode', models.BooleanField(help_text='Real money; as the provider said when the session was made.', null=True)),
                ('session_id', models.CharField(blank=True, max_length=255)),
                ('sessions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=255), blank=True, default=list, help_text='All it was given.', size=None)),
                ('session_status', models.CharField(choices=[('none', 'Not made'), ('open', 'Open'), ('processing', 'The bank is still working'), ('over', 'Closed')], default='none', max_length=10)),
                ('session_expires_at', models.DateTimeField(blank=True, null=True)),
                ('session_url', models.TextField(blank=True, help_text="The provider's page; url is ours and leads there.")),
                ('attempt', models.PositiveSmallIntegerField(default=1, help_text='Counts the sessions asked for.')),
                ('must_look', models.BooleanField(default=False, help_text='Look for the session before another is asked for.')),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('payment_intent', models.CharField(blank=True, max_length=255)),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('late', models.BooleanField(default=False, help_text='Paid after it was over: staff decide.')),
                ('decided_at', models.DateTimeField(blank=True, help_text='When staff decided about a late payment.', null=True)),
                ('refunded_amount', models.PositiveIntegerField(default=0)),
                ('dispute_id', models.CharField(blank=True, max_length=255)),
                ('dispute_status', models.CharField(blank=True, help_text='As the provider says it.', max_length=40)),
                ('dispute_reason', models.CharField(blank=True, max_length=60)),
                ('problem', models.CharField(blank=True, help_text='What only a person can settle.', max_length=300)),
                ('must_ask_refunds', models.BooleanField(default=False, help_text='Something was given back: ask what.')),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deposits', to='bots.business')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='PaymentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=12)),
                ('event_id', models.CharField(max_length=255)),
                ('account', models.CharField(blank=True, help_text="Another account's, if it names one.", max_length=255)),
                ('type', models.CharField(max_length=120)),
                ('livemode', models.BooleanField(null=True)),
                ('api_version', models.CharField(blank=True, max_length=60)),
                ('payload', models.JSONField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('payment_intent', models.CharField(blank=True, max_length=255)),
                ('outcome', models.CharField(blank=True, max_length=200)),
                ('is_suspicious', models.BooleanField(default=False)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('deposit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='payments.deposit')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=400)),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('amount', models.PositiveIntegerField(help_text='In minor units.')),
                ('status', models.CharField(choices=[('requested', 'Asked for'), ('pending', 'Under way'), ('succeeded', 'Done'), ('failed', 'Failed')], default='requested', max_length=10)),
                ('status_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('refund_id', models.CharField(blank=True, help_text='At the provider.', max_length=255)),
                ('reason', models.CharField(blank=True, help_text='Why it failed, or what staff wrote.', max_length=500)),
                ('by_name', models.CharField(blank=True, max_length=150)),
                ('attempt', models.PositiveSmallIntegerField(default=1)),
                ('must_look', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('deposit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refunds', to='payments.deposit')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='deposit',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='deposit_due'),
        ),
        migrations.AddIndex(
            model_name='deposit',
            index=models.Index(fields=['subject', 'subject_id'], name='deposit_subject'),
        ),
        migrations.AddIndex(
            model_name='deposit',
            index=models.Index(condition=models.Q(('payment_intent', ''), _negated=True), fields=['payment_intent'], name='deposit_intent'),
        ),
        migrations.AddIndex(
            model_name='deposit',
            index=models.Index(fields=['business', 'status'], name='deposit_status'),
        ),
        migrations.AddIndex(
            model_name='deposit',
            index=models.Index(condition=models.Q(('decided_at', None), ('late', True)), fields=['business'], name='deposit_late'),
        ),
        migrations.AddConstraint(
            model_name='deposit',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['requested', 'open'])), fields=('subject', 'subject_id'), name='deposit_one_live'),
        ),
        migrations.AddConstraint(
            model_name='deposit',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='deposit_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='deposit',
            constraint=models.CheckConstraint(condition=models.Q(('refunded_amount__lte', models.F('amount'))), name='deposit_refunds_fit'),
        ),
        migrations.AddConstraint(
            model_name='deposit',
            constraint=models.CheckConstraint(condition=models.Q(('paid_at__isnull', False), models.Q(('status', 'paid'), _negated=True), _connector='OR'), name='deposit_paid_when'),
        ),
        migrations.AddIndex(
            model_name='paymentevent',
            index=models.Index(condition=models.Q(('handled_at', None)), fields=['due_at'], name='payment_event_due'),
        ),
        migrations.AddIndex(
            model_name='paymentevent',
            index=models.Index(condition=models.Q(('handled_at', None)), fields=['payment_intent'], name='payment_event_waits'),
        ),
        migrations.AddIndex(
            model_name='paymentevent',
            index=models.Index(condition=models.Q(('is_suspicious', True), ('seen_at', None)), fields=['received_at'], name='payment_event_look'),
        ),
        migrations.AddConstraint(
            model_name='paymentevent',
            constraint=models.UniqueConstraint(fields=('provider', 'event_id'), name='payment_event_once'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='refund_due'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.UniqueConstraint(condition=models.Q(('refund_id', ''), _negated=True), fields=('deposit', 'refund_id'), name='refund_once'),
        ),
    ]
