"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.start import refuse_without_a_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
refuse_without_a_key()
