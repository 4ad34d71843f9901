"""Django's settings, all from the environment: see `core/environment/variables.py`."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from sextant_server.core import logs
from sextant_server.core.environment import UnsafeSettings, read

try:
    SEXTANT = read(os.environ)
except UnsafeSettings as unsafe:
    raise ImproperlyConfigured(f"Sextant does not start:\n{unsafe}") from unsafe

DEBUG = SEXTANT.debug
SECRET_KEY = SEXTANT.secret_key
SECRET_KEY_FALLBACKS = list(SEXTANT.old_keys)
ALLOWED_HOSTS = list(SEXTANT.hosts)
CSRF_TRUSTED_ORIGINS = [SEXTANT.url]
ROOT_URLCONF = "sextant_server.urls"
WSGI_APPLICATION = "sextant_server.wsgi.application"

INSTALLED_APPS = [
    "sextant_server.stories",
    "sextant_server.events",
    "sextant_server.gates",
    "sextant_server.failures",
    "sextant_server.strategy.portfolio",
    "sextant_server.strategy.assessments",
    "sextant_server.strategy.economics",
    "sextant_server.strategy.opportunities",
    "sextant_server.strategy.team",
    "sextant_server.candidates",
    "sextant_server.studies",
    "sextant_server.evidence",
    "sextant_server.contracts",
    "sextant_server.sources",
    "sextant_server.products",
    "sextant_server.mail",
    "sextant_server.jobs",
    "sextant_server.accounts",
    "sextant_server.ui",
    "sextant_server.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "sextant_server.core.health.HealthMiddleware",
    "sextant_server.core.logs.RequestLogMiddleware",
    "sextant_server.core.headers.HeadersMiddleware",
    "sextant_server.core.bounds.BoundsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sextant_server.core.access.AccessMiddleware",
    "sextant_server.core.storable.StorableMiddleware",
]
FORM_RENDERER = "django.forms.renderers.Jinja2"
"""Fields are most of what a long form takes to draw; Jinja draws them several times faster."""
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": dict(SEXTANT.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all workers and kept over restarts, so that limits on logins hold.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sextant_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# Background work: `jobs` hands a job's number to this queue, `sextant worker` empties it.
JOB_LEASE_SECONDS = 15.0  # a worker that is silent for longer has lost its job to another
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What apps bring to those below them, which do not know them, by dotted names.
SEXTANT_JOBS = {
    "sources.inspect": "sextant_server.sources.jobs.inspect",
    "evidence.evaluate": "sextant_server.evidence.jobs.evaluate",
    "studies.compute": "sextant_server.studies.jobs.compute",
}
SEXTANT_TICKS = {  # what a worker does every so many seconds
    "sextant_server.mail.actions.send_waiting": 5,
    "sextant_server.sources.jobs.look_at_folders": 60,
    "sextant_server.jobs.actions.tidy": 3600,
}
SEXTANT_HEALTH = {"worker": "sextant_server.jobs.queries.worker_state"}
SEXTANT_ON_VERSION = ("sextant_server.evidence.actions.run_on_new_version",)
SEXTANT_SAID_OF_EVIDENCE = ("sextant_server.failures.offering.lines_of",)
SEXTANT_ASKED_OF_EVIDENCE = ("sextant_server.studies.offering.links_of",)
SEXTANT_HAPPENED = "sextant_server.events.happened.happened"
SEXTANT_AT_GATES = "sextant_server.gates.standing.standing"
SEXTANT_SEALED = (
    "sextant_server.contracts.seals.KIND",
    "sextant_server.evidence.seals.KIND",
    "sextant_server.studies.seals.KIND",
    "sextant_server.candidates.seals.KIND",
    "sextant_server.candidates.seals.TRADEOFF",
    "sextant_server.strategy.assessments.seals.KIND",
    "sextant_server.strategy.economics.seals.KIND",
    "sextant_server.gates.seals.KIND",
)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = SEXTANT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

# What a browser may do: nothing inline, nothing from elsewhere.
_issuer = urlsplit(SEXTANT.oidc.get("issuer", ""))
_sign_on = [f"{_issuer.scheme}://{_issuer.netloc}"] if _issuer.netloc else []
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'", *_sign_on],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = SEXTANT.https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SEXTANT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SEXTANT.proxies else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SEXTANT.https
SESSION_COOKIE_NAME = "__Host-sextant" if SEXTANT.https else "sextant"
CSRF_COOKIE_NAME = "__Host-sextant-csrf" if SEXTANT.https else "sextant-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SEXTANT.session_hours * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "sextant_server.ui.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["sextant_server.core.bounds.BoundedUpload"]

# People.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ALLAUTH_TRUSTED_PROXY_COUNT = SEXTANT.proxies
ACCOUNT_ADAPTER = "sextant_server.accounts.allauth.adapters.AccountAdapter"
_FORMS = "sextant_server.accounts.allauth.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
    "reset_password": f"{_FORMS}.ResetPasswordForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateForm",
    "activate_totp": f"{_FORMS}.ActivateTOTPForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reaches its person by mail or by hand
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = "EMAIL_HOST" in SEXTANT.mail or "EMAIL_FILE_PATH" in SEXTANT.mail
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Sextant: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SEXTANT.https else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "sextant_server.accounts.allauth.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sextant"
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "sextant_server.accounts.allauth.adapters.SocialAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": SEXTANT.oidc["name"],
                "client_id": SEXTANT.oidc["client"],
                "secret": SEXTANT.oidc["secret"],
                "settings": {"server_url": SEXTANT.oidc["issuer"]},
            }
        ]
        if SEXTANT.oidc
        else [],
    }
}

globals().update(SEXTANT.mail)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = SEXTANT.mail_from
LOGGING = logs.configuration(SEXTANT.log_format, SEXTANT.log_level)
