# Made anew when the tables took their present shape: nothing was installed anywhere yet.

import bookings.models.reservations
import bots.db.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bots', '0001_tables'),
        ('conversations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsultationQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='A short English name, like “placement”; answers are kept by it.', max_length=40)),
                ('kind', models.CharField(choices=[('text', 'Words'), ('choice', 'Choice'), ('number', 'Number'), ('date', 'Day or days'), ('size', 'Size in centimetres'), ('budget', 'Budget'), ('photos', 'Photos')], default='text', max_length=8)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_required', models.BooleanField(default=True, help_text='If not, the customer may skip it.')),
                ('takes_other_words', models.BooleanField(default=False, help_text='For a choice: what is none of the choices is kept as it was written.')),
                ('least', models.PositiveIntegerField(blank=True, help_text='Smallest number, size in cm, or budget in whole units of the currency.', null=True)),
                ('most', models.PositiveIntegerField(blank=True, help_text='The same, largest.', null=True)),
                ('only_if_value', models.CharField(blank=True, help_text='…with this choice. Empty: with anything but a skip.', max_length=80)),
                ('is_active', models.BooleanField(default=True)),
                ('bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consultation_questions', to='bots.bot')),
                ('only_if', models.ForeignKey(blank=True, help_text='Asked only if this one was answered…', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followed_by', to='bookings.consultationquestion')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ConsultationQuestionText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('pl', 'Polski'), ('uk', 'Українська'), ('ru', 'Русский'), ('es', 'Español')], max_length=8)),
                ('name', models.CharField(help_text='What it is about, in a word or two, as it stands in the summary: “Placement”.', max_length=60)),
                ('other_names', models.CharField(blank=True, help_text='With commas: how else customers call it, as in “change my budget”.', max_length=200)),
                ('text', models.TextField(help_text='The question itself.', max_length=400)),
                ('choices', models.TextField(blank=True, help_text='For a choice, one a line: value = what the button says | other words | more words.')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='bookings.consultationquestion')),
            ],
        ),
        migrations.CreateModel(
            name='GoogleCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=400)),
                ('calendar_id', models.CharField(help_text='From Google Calendar: Settings of the calendar, Integrate calendar, Calendar ID.', max_length=254, verbose_name="calendar's address")),
                ('shows_visits', models.BooleanField(default=True, help_text='Confirmed visits are copied into it.')),
                ('blocks_times', models.BooleanField(default=True, help_text='Times when something else stands in it are not offered to customers.')),
                ('is_active', models.BooleanField(default=True)),
                ('paused_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('paused_reason', models.CharField(blank=True, editable=False, max_length=400)),
                ('try_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('busy_read_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='busy times read')),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendars', to='bots.business')),
            ],
            options={
                'verbose_name': 'Google calendar',
                'ordering': ['business', 'resource'],
            },
        ),
        migrations.CreateModel(
            name='BusyPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='busy_periods', to='bookings.googlecalendar')),
            ],
        ),
        migrations.CreateModel(
            name='HolidayRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('is_open', models.BooleanField(default=False)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holiday_rules', to='bots.business')),
            ],
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'Being talked about'), ('pending_approval', 'Waits for approval'), ('approved', 'Approved'), ('deposit_requested', 'Deposit asked for'), ('deposit_paid', 'Deposit paid'), ('booking_link_sent', 'Booking link sent'), ('booked', 'Booked'), ('rejected', 'Declined'), ('expired', 'Ran out'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20)),
                ('status_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('version', models.PositiveIntegerField(default=1, help_text='Grows with every move and every answer.')),
                ('language', models.CharField(blank=True, max_length=8)),
                ('title', models.CharField(blank=True, help_text="The idea, in the customer's own words.", max_length=200)),
                ('size_cm', models.DecimalField(blank=True, decimal_places=1, help_text='The longest side.', max_digits=6, null=True)),
                ('budget_amount', models.PositiveBigIntegerField(blank=True, help_text='In minor units; the most of it.', null=True)),
                ('budget_currency', models.CharField(blank=True, max_length=3)),
                ('wished_day', models.DateField(blank=True, null=True)),
                ('deposit_amount', models.PositiveIntegerField(default=0, help_text='In minor units. 0: none is asked for.')),
                ('deposit_expires_at', models.DateTimeField(blank=True, null=True)),
                ('paid_late_at', models.DateTimeField(blank=True, help_text='A deposit came when it was over already; empty again once staff decided.', null=True)),
                ('reason', models.TextField(blank=True, help_text='Why it was declined or withdrawn.')),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('touched_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='When the customer last went on with it.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', bots.db.fields.SavedAtField(blank=True, editable=False)),
                ('asking', models.ForeignKey(blank=True, help_text='What the customer was asked last.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='bookings.consultationquestion')),
                ('bot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='bots.bot')),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leads', to='bots.business')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='conversations.contact')),
                ('conversation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='leads', to='conversations.conversation')),
            ],
            options={
                'verbose_name': 'enquiry',
                'verbose_name_plural': 'enquiries',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='BookingLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='bookings.lead')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='LeadAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('value', models.JSONField(blank=True, default=dict)),
                ('is_skipped', models.BooleanField(default=False)),
                ('said_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text="By the channel's clock: an older message that comes late changes nothing.")),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='bookings.lead')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='bookings.consultationquestion')),
            ],
            options={
                'ordering': ['question__position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LeadPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text="In the message's list of media, from 0.")),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='bookings.lead')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.message')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LeadReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('unfinished', 'Questions half answered'), ('unpaid', 'Deposit not paid'), ('unbooked', 'Paid, no time chosen')], max_length=10)),
                ('hours_after', models.PositiveSmallIntegerField()),
                ('queued_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='bookings.lead')),
            ],
        ),
        migrations.CreateModel(
            name='LeadReminderRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('unfinished', 'Questions half answered'), ('unpaid', 'Deposit not paid'), ('unbooked', 'Paid, no time chosen')], max_length=10)),
                ('hours_after', models.PositiveSmallIntegerField(default=24)),
                ('is_active', models.BooleanField(default=True)),
                ('bot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lead_reminder_rules', to='bots.bot')),
            ],
            options={
                'verbose_name': 'reminder of enquiries',
                'verbose_name_plural': 'reminders of enquiries',
                'ordering': ['step', 'hours_after'],
            },
        ),
        migrations.CreateModel(
            name='ReminderRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hours_before', models.PositiveSmallIntegerField(default=24, help_text="24: a day before, at the visit's own hour.")),
                ('asks', models.BooleanField(default=True, help_text='With buttons: yes, move it, cancel it.', verbose_name='asks whether they will come')),
                ('is_active', models.BooleanField(default=True)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_rules', to='bots.business')),
            ],
            options={
                'ordering': ['-hours_before'],
            },
        ),
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'Being talked about'), ('held', 'Held'), ('pending', 'Waits for approval'), ('confirmed', 'Confirmed'), ('rejected', 'Declined'), ('cancelled', 'Cancelled'), ('expired', 'Expired'), ('moved', 'Moved to another time'), ('no_show', 'Did not come')], default='draft', max_length=10)),
                ('people', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('day', models.DateField(blank=True, help_text='Wished for, while it is a draft.', null=True)),
                ('start_time', models.TimeField(blank=True, help_text="Wished for, on the business's clock.", null=True)),
                ('duration_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('period', django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True)),
                ('block', django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True)),
                ('exclusive', models.BooleanField(default=False, editable=False)),
                ('price', models.PositiveIntegerField(default=0)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('note', models.TextField(blank=True)),
                ('hold_until', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1, help_text='Grows with every change; mirrors follow it.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', bots.db.fields.SavedAtField(blank=True, editable=False)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reservations', to='bots.business')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='conversations.contact')),
                ('conversation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reservations', to='conversations.conversation')),
                ('moves', models.ForeignKey(blank=True, help_text='The visit that this one takes the place of, which keeps its own place until this is confirmed.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='moved_by', to='bookings.reservation')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(default='24h', help_text='Which step: hours before the visit.', max_length=20)),
                ('asks', models.BooleanField(default=False, help_text='Whether it asks if they will come.')),
                ('reservation_version', models.PositiveIntegerField()),
                ('local_day', models.DateField()),
                ('local_time', models.TimeField(help_text="Wall time on the business's clock.")),
                ('zone', models.CharField(max_length=64)),
                ('fire_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('scheduled', 'Scheduled'), ('sent', 'Sent'), ('dropped', 'Not needed any more'), ('late', 'Too late, not sent')], default='scheduled', max_length=10)),
                ('status_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answer', models.CharField(blank=True, choices=[('comes', 'Says they will come'), ('cancels', 'Wants to cancel'), ('moves', 'Wants another time')], max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='bookings.reservation')),
            ],
        ),
        migrations.AddField(
            model_name='lead',
            name='reservation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='leads', to='bookings.reservation'),
        ),
        migrations.CreateModel(
            name='CalendarEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=400)),
                ('event_id', models.CharField(max_length=64)),
                ('status', models.CharField(choices=[('waiting', 'Not in the calendar yet'), ('shown', 'In the calendar'), ('removed', 'Not in the calendar any more'), ('edited', 'Changed by hand in Google'), ('deleted', 'Deleted by hand in Google'), ('refused', 'Google refused it')], default='waiting', max_length=10)),
                ('status_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('mirrored_version', models.PositiveIntegerField(default=0)),
                ('etag', models.CharField(blank=True, max_length=200)),
                ('link', models.CharField(blank=True, max_length=1000)),
                ('seen', models.JSONField(blank=True, default=dict)),
                ('sent', models.JSONField(blank=True, default=list)),
                ('sent_at', models.DateTimeField(blank=True, help_text='Set while it is not known what came of it.', null=True)),
                ('found', models.JSONField(blank=True, default=dict, help_text='What somebody made of it by hand.')),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='bookings.googlecalendar')),
                ('reservation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_event', to='bookings.reservation')),
            ],
            options={
                'verbose_name': 'copy in Google Calendar',
                'verbose_name_plural': 'copies in Google Calendar',
            },
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('capacity', models.PositiveSmallIntegerField(default=1, help_text='People at once. With 1, visits never overlap.')),
                ('is_active', models.BooleanField(default=True)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resources', to='bots.business')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='reservation',
            name='resource',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='bookings.resource'),
        ),
        migrations.AddField(
            model_name='googlecalendar',
            name='resource',
            field=models.ForeignKey(blank=True, help_text='Empty: for all places that have no calendar of their own; what is busy in it closes them all.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calendars', to='bookings.resource', verbose_name='for'),
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('duration_minutes', models.PositiveSmallIntegerField(default=60)),
                ('min_duration_minutes', models.PositiveSmallIntegerField(blank=True, help_text='If customers may choose the length: the shortest…', null=True)),
                ('max_duration_minutes', models.PositiveSmallIntegerField(blank=True, help_text='…and the longest.', null=True)),
                ('step_minutes', models.PositiveSmallIntegerField(default=30, help_text='A visit may start every so many minutes.')),
                ('buffer_before_minutes', models.PositiveSmallIntegerField(default=0)),
                ('buffer_after_minutes', models.PositiveSmallIntegerField(default=0)),
                ('lead_time_minutes', models.PositiveIntegerField(default=120, help_text='The shortest notice for a booking.')),
                ('horizon_days', models.PositiveSmallIntegerField(default=60, help_text='How far ahead one may book.')),
                ('min_people', models.PositiveSmallIntegerField(default=1)),
                ('max_people', models.PositiveSmallIntegerField(default=1)),
                ('asks_people', models.BooleanField(default=False, help_text='Whether the number of people must be asked.')),
                ('price', models.PositiveIntegerField(default=0, help_text='In minor units, for the stated length. 0: not told.')),
                ('price_per_person', models.BooleanField(default=True)),
                ('needs_approval', models.BooleanField(default=True, help_text='Staff approve before it is confirmed.')),
                ('hold_minutes', models.PositiveIntegerField(default=1440, help_text='How long a request keeps its place while staff have not decided.')),
                ('free_cancellation_hours', models.PositiveSmallIntegerField(default=24, help_text='Until so long before, the customer cancels or moves alone; later, staff decide.')),
                ('is_usual', models.BooleanField(default=False, help_text='Taken for granted when a customer does not say which service.', verbose_name='usual')),
                ('is_active', models.BooleanField(default=True)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='bots.business')),
                ('resources', models.ManyToManyField(related_name='services', to='bookings.resource')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='reservation',
            name='service',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='bookings.service'),
        ),
        migrations.CreateModel(
            name='LeadSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deposit_amount', models.PositiveIntegerField(default=0, help_text="In minor units of the business's currency. 0: no deposit is asked for.")),
                ('deposit_hours', models.PositiveSmallIntegerField(default=48, help_text='How long the deposit can be paid.')),
                ('link_days', models.PositiveSmallIntegerField(default=14, help_text='How long a booking link can be used.')),
                ('link_follows_payment', models.BooleanField(default=False, help_text='The booking link is sent as soon as the deposit is paid; else staff send it.')),
                ('draft_days', models.PositiveSmallIntegerField(default=30, help_text='An enquiry that nobody has gone on with for so long is put away.')),
                ('bot', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='lead_settings', to='bots.bot')),
                ('needs_enquiry', models.ManyToManyField(blank=True, help_text='The bot takes an enquiry for these; all others are booked in the chat at once.', related_name='+', to='bookings.service', verbose_name='booked only after an enquiry')),
                ('service', models.ForeignKey(blank=True, help_text='What is booked in the end, unless staff choose another one for an enquiry.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='bookings.service')),
            ],
            options={
                'verbose_name': 'settings of enquiries',
                'verbose_name_plural': 'settings of enquiries',
            },
        ),
        migrations.AddField(
            model_name='lead',
            name='service',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='bookings.service'),
        ),
        migrations.CreateModel(
            name='ServiceName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('pl', 'Polski'), ('uk', 'Українська'), ('ru', 'Русский'), ('es', 'Español')], max_length=8)),
                ('name', models.CharField(max_length=120)),
                ('other_words', models.TextField(blank=True, help_text='One a line: words by which customers ask for it.')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='bookings.service')),
            ],
        ),
        migrations.CreateModel(
            name='TimeOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_off', to='bots.business')),
                ('resource', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='time_off', to='bookings.resource')),
            ],
            options={
                'verbose_name_plural': 'time off',
            },
        ),
        migrations.CreateModel(
            name='WorkingHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')])),
                ('opens', models.TimeField()),
                ('closes', models.TimeField(help_text='00:00 means midnight at the end of the day.')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='bookings.resource')),
            ],
            options={
                'verbose_name_plural': 'working hours',
                'ordering': ['weekday', 'opens'],
            },
        ),
        migrations.AddConstraint(
            model_name='consultationquestion',
            constraint=models.UniqueConstraint(fields=('bot', 'code'), name='consultation_question_once'),
        ),
        migrations.AddConstraint(
            model_name='consultationquestiontext',
            constraint=models.UniqueConstraint(fields=('question', 'language'), name='consultation_text_once'),
        ),
        migrations.AddIndex(
            model_name='busyperiod',
            index=django.contrib.postgres.indexes.GistIndex(fields=['period'], name='busy_period'),
        ),
        migrations.AddConstraint(
            model_name='holidayrule',
            constraint=models.UniqueConstraint(fields=('business', 'day'), name='holiday_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='leadanswer',
            constraint=models.UniqueConstraint(fields=('lead', 'question'), name='lead_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='leadphoto',
            constraint=models.UniqueConstraint(fields=('lead', 'message', 'position'), name='lead_photo_once'),
        ),
        migrations.AddConstraint(
            model_name='leadreminder',
            constraint=models.UniqueConstraint(fields=('lead', 'step', 'hours_after'), name='lead_reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='leadreminderrule',
            constraint=models.UniqueConstraint(fields=('bot', 'step', 'hours_after'), name='lead_reminder_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='leadreminderrule',
            constraint=models.CheckConstraint(condition=models.Q(('hours_after__gte', 1), ('hours_after__lte', 720)), name='lead_reminder_hours'),
        ),
        migrations.AddConstraint(
            model_name='reminderrule',
            constraint=models.UniqueConstraint(fields=('business', 'hours_before'), name='reminder_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='reminderrule',
            constraint=models.CheckConstraint(condition=models.Q(('hours_before__gte', 1), ('hours_before__lte', 336)), name='reminder_rule_hours'),
        ),
        migrations.AddIndex(
            model_name='reminder',
            index=models.Index(condition=models.Q(('status', 'scheduled')), fields=['fire_at'], name='reminder_due'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('reservation', 'kind', 'reservation_version'), name='reminder_once'),
        ),
        migrations.AddIndex(
            model_name='calendarevent',
            index=models.Index(condition=models.Q(('status__in', ['edited', 'deleted', 'refused'])), fields=['status'], name='calendar_event_problems'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='resource_capacity_positive'),
        ),
        migrations.AddConstraint(
            model_name='googlecalendar',
            constraint=models.UniqueConstraint(fields=('business', 'resource'), name='google_calendar_once', nulls_distinct=False, violation_error_message='There is a calendar for this already.'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('duration_minutes__gte', 5)), name='service_duration_positive'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('step_minutes__gte', 5)), name='service_step_positive'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('max_people__gte', models.F('min_people'))), name='service_people_in_order'),
        ),
        migrations.AddIndex(
            model_name='reservation',
            index=models.Index(fields=['business', 'status'], name='reservation_status'),
        ),
        migrations.AddIndex(
            model_name='reservation',
            index=models.Index(condition=models.Q(('status__in', ['held', 'pending', 'expired'])), fields=['hold_until'], name='reservation_holds'),
        ),
        migrations.AddIndex(
            model_name='reservation',
            index=django.contrib.postgres.indexes.GistIndex(condition=models.Q(('status__in', ['held', 'pending', 'confirmed'])), fields=['block'], name='reservation_live'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('exclusive', True), ('status__in', ['held', 'pending', 'confirmed'])), expressions=[(bookings.models.reservations.Int8Range('resource_id', 'resource_id', models.Value('[]')), '&&'), ('block', '&&')], name='reservation_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['held', 'pending', 'confirmed']), _negated=True), models.Q(('block__isnull', False), ('people__isnull', False), ('period__isnull', False), ('resource__isnull', False), ('service__isnull', False)), _connector='OR'), name='reservation_live_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('conversation',), name='reservation_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='leadsettings',
            constraint=models.CheckConstraint(condition=models.Q(('deposit_hours__gte', 1), ('draft_days__gte', 1), ('link_days__gte', 1)), name='lead_settings_positive'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['business', 'status', 'status_at'], name='lead_board'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['status', 'status_at'], name='lead_due'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['contact', '-id'], name='lead_of_contact'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('paid_late_at__isnull', False)), fields=['business'], name='lead_paid_late'),
        ),
        migrations.AddConstraint(
            model_name='lead',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('bot', 'contact'), name='lead_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='servicename',
            constraint=models.UniqueConstraint(fields=('service', 'language'), name='service_name_once'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens')), ('closes', '00:00'), _connector='OR'), name='hours_in_order'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.UniqueConstraint(fields=('resource', 'weekday', 'opens'), name='hours_once'),
        ),
    ]
