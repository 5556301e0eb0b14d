"""All settings, read from the environment (12-factor); every default suits the embedded desk.

`docs/deploying.md` lists the variables. No secret stands here: what is not given is made.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF

from helpdesk.installed import *  # noqa: F403
from helpdesk.logging import configure as configure_logging
from helpdesk.people.sign_in.allauth_settings import *  # noqa: F403
from helpdesk.secret_key import own_secret_key
from helpdesk.upwards import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data")))
# While the embedded desk runs, `./waratah manage` in another terminal finds its servers here.
env.read_env(DATA_DIR / "run" / "addresses.env")
SECRET_KEY = env.str("SECRET_KEY", default="") or own_secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SITE_NAME = env.str("SITE_NAME", default="Waratah")
IS_HTTPS = SITE_URL.startswith("https://")
_HOSTS = (urlsplit(env.str(name, default="")).hostname for name in ("SITE_URL", "FILES_URL"))
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[*filter(None, _HOSTS), "localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
LIVE_ORIGINS = env.list("LIVE_ORIGINS", default=[SITE_URL])
INTERNAL_IPS: list[str] = []

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "knowledgebase.notices.standby.StatusStandbyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "helpdesk.people.middleware.ReaderZoneMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "helpdesk.urls"
WSGI_APPLICATION = "helpdesk.wsgi.application"
ASGI_APPLICATION = "helpdesk.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "helpdesk.design.appearance.context",
                "helpdesk.brands.showing.context",
            ],
        },
    }
]

# Data -------------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", default="postgres://postgres@localhost/waratah"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "waratah",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "waratah"},
    }
}
# In PostgreSQL alone: people sign in and stay signed in while Redis is away (decision 0010).
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "helpdesk.pages.errors.csrf_failure"

STORAGES = {
    "default": {
        "BACKEND": env.str(
            "FILES_STORAGE_BACKEND", default="helpdesk.attachments.disk.DurableStorage"
        )
    },
    "staticfiles": {
        "BACKEND": env.str(
            "STATICFILES_BACKEND",
            default="django.contrib.staticfiles.storage.StaticFilesStorage",
        )
    },
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "helpdesk.design.stylesheet.StylesheetFinder",
]
WHITENOISE_USE_FINDERS = env.bool("WHITENOISE_USE_FINDERS", default=True)
# Only the image collects static files; elsewhere they are served from where they stand.
STATIC_ROOT = None if WHITENOISE_USE_FINDERS else BASE_DIR / "staticfiles"
MEDIA_ROOT = DATA_DIR / "files"
# Files from outside come from this other address of the desk, such as https://files.desk.example.
FILES_URL = env.str("FILES_URL", default="").rstrip("/")
FILE_MOST_BYTES = env.int("FILE_MOST_BYTES", default=25_000_000)
FILES_A_MESSAGE = env.int("FILES_A_MESSAGE", default=20)
FILES_MOST_BYTES_A_MESSAGE = env.int("FILES_MOST_BYTES_A_MESSAGE", default=100_000_000)
FILES_MOST_BYTES_A_DAY = env.int("FILES_MOST_BYTES_A_DAY", default=500_000_000)
# Such as tcp://clamav:3310. With it nobody gets a file that has not been scanned.
CLAMAV_URL = env.str("CLAMAV_URL", default="")

# Work that may wait -----------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A dead broker must not hold up a request: sweeps find what was not announced.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # Of who publishes; a worker has its own patience. Without it a request waits ten seconds.
    "max_retries": 0,
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "celery.beat.Scheduler"
CELERY_IMPORTS = ["helpdesk.schedule"]

# People and sign-in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
# The user name is unique whatever its letter case, by a constraint that this check cannot read.
# The name that the schema makes up for one of two sets of states does no harm.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "drf_spectacular.W001"]
AUTHENTICATION_BACKENDS = ["helpdesk.people.sign_in.backend.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "email", "full_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
STAFF_HOME = "/console/"
STAFF_MUST_USE_MFA = env.bool("STAFF_MUST_USE_MFA", default=False)
STAFF_SESSION = timedelta(hours=12)
CLIENT_SESSION = timedelta(days=14)
INVITATION_LIFETIME = timedelta(days=7)
PASSWORD_LINK_LIFETIME = timedelta(hours=24)
# A provider on plain http: for tests and trials on one machine only.
SINGLE_SIGN_ON_OVER_HTTP = env.bool("SINGLE_SIGN_ON_OVER_HTTP", default=False)

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_TOTP_ISSUER = SITE_NAME

# Languages and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "en-au"
LANGUAGES = [("en-au", "English")]
TIME_ZONE = "UTC"
DESK_TIME_ZONE = env.str("DESK_TIME_ZONE", default="Australia/Melbourne")
USE_TZ = True
USE_I18N = True

# Mail -------------------------------------------------------------------------------------------
MAIL_SUPPORT_ADDRESS = env.str("MAIL_SUPPORT_ADDRESS", default="support@waratah.example")
MAIL_FROM_NAME = env.str("MAIL_FROM_NAME", default=f"{SITE_NAME} Support")
MAIL_DOMAINS = env.list("MAIL_DOMAINS", default=[MAIL_SUPPORT_ADDRESS.rpartition("@")[2]])
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_SUPPORT_ADDRESS
MAIL_MAX_BYTES = env.int("MAIL_MAX_BYTES", default=40 * 1000 * 1000)
# The webhook answers nobody until a secret is set; two while one replaces the other.
MAIL_INBOUND_SECRETS = env.list("MAIL_INBOUND_SECRETS", default=[])
# Names under which our own relay writes Authentication-Results; others' are not believed.
MAIL_TRUSTED_AUTHSERV_IDS = env.list("MAIL_TRUSTED_AUTHSERV_IDS", default=[])
# Whether our own people may answer clients from their mail program, see docs/mail.md.
MAIL_AGENTS_MAY_REPLY = env.bool("MAIL_AGENTS_MAY_REPLY", default=False)
MAIL_ANSWERS_PER_HOUR = env.int("MAIL_ANSWERS_PER_HOUR", default=500)
MAIL_GIVE_UP_HOURS = env.int("MAIL_GIVE_UP_HOURS", default=72)
MAIL_DKIM_SELECTOR = env.str("MAIL_DKIM_SELECTOR", default="")
MAIL_DKIM_KEY_FILE = env.str("MAIL_DKIM_KEY_FILE", default="")
# The development desk sends nothing: its mails are read at /mail/caught/.
MAIL_CATCHER = env.bool("MAIL_CATCHER", default=False)
_relay = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_HOST, EMAIL_PORT = _relay.get("EMAIL_HOST", "localhost"), _relay.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _relay.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _relay.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _relay.get("EMAIL_USE_TLS"), _relay.get("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 20
# A provider of django-anymail such as "postmark", instead of SMTP; its keys stand in ANYMAIL.
ANYMAIL_PROVIDER = env.str("ANYMAIL_PROVIDER", default="")
ANYMAIL_INBOUND_PROVIDERS = env.list("ANYMAIL_INBOUND_PROVIDERS", default=[])
ANYMAIL = {**env.dict("ANYMAIL", default={}), "REQUESTS_TIMEOUT": (5, EMAIL_TIMEOUT)}
MAIL_BACKEND = (
    "helpdesk.mail.catcher.CatcherBackend"
    if MAIL_CATCHER
    else f"anymail.backends.{ANYMAIL_PROVIDER}.EmailBackend"
    if ANYMAIL_PROVIDER
    else "helpdesk.mail.smtp_backend.SmtpBackend"
)
EMAIL_BACKEND = MAIL_BACKEND
# A mailbox to fetch from: imaps://user:password@host:993/INBOX, or a token instead of a password.
IMAP_URL = env.str("IMAP_URL", default="")
IMAP_MOVE_TO = env.str("IMAP_MOVE_TO", default="")
IMAP_OAUTH = env.dict("IMAP_OAUTH", default={})

# Webhooks ---------------------------------------------------------------------------------------
# Beside the public internet, such as 10.1.2.3/32 for an SMS gateway in the operator's network.
WEBHOOK_NETWORKS = env.list("WEBHOOK_NETWORKS", default=[])
WEBHOOK_PORTS = env.list("WEBHOOK_PORTS", cast=int, default=[])
WEBHOOK_CA_FILE = env.str("WEBHOOK_CA_FILE", default="")
# 32 bytes in base64url; without it the key of web push follows from SECRET_KEY.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")

# Cases ------------------------------------------------------------------------------------------
CASE_REOPEN_DAYS = env.int("CASE_REOPEN_DAYS", default=7)
# The telephone system signs with one of these (whsec_...); two while one replaces the other.
TELEPHONY_SECRETS = env.list("TELEPHONY_SECRETS", default=[])
# How long the mails about a fix can be looked at before they go by themselves, and at most.
DEFECT_PREVIEW_MINUTES = env.int("DEFECT_PREVIEW_MINUTES", default=30)
DEFECT_PREVIEW_MOST_HOURS = env.int("DEFECT_PREVIEW_MOST_HOURS", default=24)
# So many organisations with the same trouble within so many hours raise a card.
SURGE_ORGANISATIONS = env.int("SURGE_ORGANISATIONS", default=5)
SURGE_HOURS = env.int("SURGE_HOURS", default=6)
# Promises run on this calendar (its short name) where neither policy nor region has one.
OFFICE_CALENDAR = env.str("OFFICE_CALENDAR", default="office")
# Scheduled calls: how long, how far ahead, and until when a client moves or cancels them freely.
CALL_LENGTHS = env.list("CALL_LENGTHS", cast=int, default=[30, 60])
CALL_LEAD_HOURS = env.int("CALL_LEAD_HOURS", default=4)
CALL_HORIZON_DAYS = env.int("CALL_HORIZON_DAYS", default=28)
CALL_NOTICE_HOURS = env.int("CALL_NOTICE_HOURS", default=24)
CALL_LATE_CANCEL_USES_MINUTES = env.bool("CALL_LATE_CANCEL_USES_MINUTES", default=True)
CALL_NO_SHOW_USES_MINUTES = env.bool("CALL_NO_SHOW_USES_MINUTES", default=True)

# Articles ---------------------------------------------------------------------------------------
# Languages that articles are written in; what is missing in one is shown in English.
ARTICLE_LANGUAGES = env.list("ARTICLE_LANGUAGES", default=["en", "de", "fr"])

# The API ----------------------------------------------------------------------------------------
# `helpdesk.api.views.ApiView` says how our API lets in; whatever forgets to is shut.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": SITE_NAME,
    "DESCRIPTION": "Open, read and answer cases. Every error is a problem of RFC 9457.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "PriorityEnum": "cases.models.Priority",
        "StateEnum": "cases.lifecycle.State",
        "PromiseStateEnum": "cases.sla.standing.Ring",
        "DefectStateEnum": "cases.defects.lifecycle.State",
    },
}

# What the operator reads -------------------------------------------------------------------------
LOGGING = configure_logging(is_for_people=DEBUG)

# Safety -----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
if ANYMAIL_INBOUND_PROVIDERS:
    # Providers hand over a mail within a form or in JSON, encoded: up to half as large again.
    DATA_UPLOAD_MAX_MEMORY_SIZE = max(DATA_UPLOAD_MAX_MEMORY_SIZE, MAIL_MAX_BYTES * 3 // 2)
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "helpdesk.attachments.receiving.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
