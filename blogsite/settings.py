"""Settings, read top to bottom.

What differs between machines comes from the environment or `.env` (see `.env.example`);
what an editor may change lives in the admin's site settings.
"""

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from blogsite import safety

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.FileAwareEnv()
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))

# Everything the site writes lies under one folder.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute()


def networks(name: str) -> list[str]:
    """The networks named in the variable `name`, such as 127.0.0.1 or 10.0.0.0/8."""
    try:
        return [str(ip_network(text.strip())) for text in env.list(name, default=[])]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}.") from error


def whole_number(name: str, default: int, highest: int, lowest: int = 1) -> int:
    """The number from `lowest` to `highest` in the variable `name`."""
    text = env.str(name, default=str(default))
    if not (text.isascii() and text.isdecimal() and lowest <= int(text) <= highest):
        raise ImproperlyConfigured(
            f"{name} must be a number from {lowest} to {highest}, not {text!r}."
        )
    return int(text)


# --- Core ---------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)

# A missing key must stop the server, not weaken it.
SECRET_KEY = env.str("SECRET_KEY", default="insecure-and-only-for-debug" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Run `make run` once to write a .env file, or set SECRET_KEY."
    )
# What an earlier key signed stays good while that key is named here; see docs/operations.md.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

PORT = whole_number("PORT", default=8000, highest=65535)
# Whether our own server speaks https; `serve --https` sets it. With a proxy in front that does,
# SITE_URL alone says https.
SERVE_HTTPS = env.bool("SERVE_HTTPS", default=False)
SITE_URL = env.str(
    "SITE_URL",
    default=f"https://localhost:{PORT}" if SERVE_HTTPS else f"http://127.0.0.1:{PORT}",
).rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not SITE_HOST:
    raise ImproperlyConfigured("SITE_URL must be a full address such as https://blog.example.org")
HTTPS = SITE_URL.startswith("https://")
if SERVE_HTTPS and not HTTPS:
    raise ImproperlyConfigured(
        f"The server is to speak https, but SITE_URL is {SITE_URL}. Let it begin with https://."
    )
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
IS_ON_LOOPBACK = SITE_HOST in {"127.0.0.1", "localhost", "::1"}
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS if IS_ON_LOOPBACK else [SITE_HOST])
# Only these may say on whose behalf they ask; see blogsite/client.py.
TRUSTED_PROXIES = networks("TRUSTED_PROXIES")
if "BEHIND_PROXY" in os.environ:
    raise ImproperlyConfigured(
        "BEHIND_PROXY is no longer a setting. Set TRUSTED_PROXIES to the proxy's address, such as"
        " 127.0.0.1, and remove BEHIND_PROXY."
    )
WEB_WORKERS = whole_number("WEB_WORKERS", default=1, highest=64)

INSTALLED_APPS = [
    "blogsite.apps.DeskConfig",  # the Django admin under our own name and look
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # WhiteNoise also serves static files under `runserver`, as in production.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # so that a widget's template may stand in templates/
    "markdownx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # Always there, so that migrations are the same everywhere; in use where the environment says so.
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.openid_connect",
    "blogsite",
    "blogsite.pagecache",
    "blogsite.fulltext",
    "blogsite.audit",
    "blogsite.outgoing",
    "blogsite.reporting",
    "blogsite.readonly",
    "accounts",
    "posts",
    "comments",
]

MIDDLEWARE = [
    # First, so that nobody reads what a visitor only claims.
    "blogsite.client.believe_only_proxies",
    "blogsite.timing.server_timing",
    "blogsite.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "blogsite.middleware.known_methods",
    "blogsite.middleware.bounded_body",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Above ConditionalGet, so that an ETag names the page and not one packing of it.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Below Common, so that an old address is answered in one hop, slash or not.
    "posts.middleware.former_addresses",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.tracking.last_seen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "blogsite.audit.refusals.tell_refusals",
    "blogsite.audit.recording.remember_request",
    "blogsite.readonly.middleware.ReadOnly",
    "accounts.throttling.devices.device_cookies",
    "accounts.throttling.answering.Waiting",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.AccountPages",
    "accounts.profile.clock.own_time",
    "blogsite.personal.private_answers",
    "comments.writing.stamps.same_page",
]

ROOT_URLCONF = "blogsite.urls"
WSGI_APPLICATION = "blogsite.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        # The pages for readers: templates/**/*.jinja.
        "NAME": "readers",
        "BACKEND": "blogsite.jinja.Readers",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "blogsite.jinja.environment",
            "context_processors": ["posts.context_processors.site_now"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "posts.context_processors.site",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at the start, so two writers wait instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        # Seconds a writer waits for others; DATABASE_URL may say `?timeout=5`. SQLite lets those who
        # have waited long ask more seldom than newcomers, so some wait far longer than most. It
        # stays below the minute that proxies wait, or they would answer, without what was typed.
        "timeout": 40,
        "init_command": (
            # docs/database.md has what was measured.
            "PRAGMA journal_mode=WAL;"  # readers never wait for the writer
            "PRAGMA synchronous=FULL;"  # what was answered as saved is on the disk
            "PRAGMA cache_size=-2000;"  # 2 MB at most for each thread's connection
            "PRAGMA soft_heap_limit=16777216;"  # and some 16 MB for all of a process's together
            "PRAGMA temp_store=MEMORY;"  # sorting needs no file
            "PRAGMA journal_size_limit=67108864;"  # a great import leaves no great journal behind
        ),
    } | DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["CONN_MAX_AGE"] = None
    # A file, not memory: threads of a test server share it.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"}
else:
    options = DATABASES["default"].setdefault("OPTIONS", {})
    # Connections of each process; DATABASE_URL may say `?pool=20`. More threads than these wait for
    # one, as Python runs one of them at a time. PostgreSQL itself has 100 for all who ask.
    options["pool"] = {
        "min_size": 1,
        "max_size": int(options.get("pool", 10)),
        "timeout": 10,  # seconds that a thread waits; also for a server that is away
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # as the pool keeps them
    # One that the server ended, as by a restart, is replaced before it is used.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Seconds. A server that is not there, or went away without a word, is noticed.
    options.setdefault("connect_timeout", 10)
    options.setdefault("keepalives_idle", 30)
    options.setdefault("keepalives_interval", 10)
    options.setdefault("keepalives_count", 3)

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
HAS_REDIS = CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
if HAS_REDIS:
    CACHES["default"]["BACKEND"] = "blogsite.patient_cache.PatientRedisCache"

# --- Kept pages ---------------------------------------------------------------

PAGECACHE_TOPICS = VAR_DIR / "pagecache.topics"  # see blogsite/pagecache/counters.py
# With these, machines may share the site: what has changed is counted in Redis. A database in a
# file is one machine's, and so is the file of its counters.
IS_SHARED = HAS_REDIS and DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3"
PAGECACHE_REDIS = CACHES["default"]["LOCATION"] if IS_SHARED else ""
PAGECACHE_NAME = f"blogsite:{SITE_HOST}"  # of its keys there
PAGECACHE_IS_SECURE = "blogsite.client.is_secure"
# What no kept page shows, and so moves none when it changes: columns of a table, or all of it.
PAGECACHE_UNSEEN = {
    "accounts_user": {"last_login", "leaves_at", "leaving", "password", "time_zone"},
    "comments_comment": {
        "address_key",
        "evidence",
        "network_key",
        "score",
        "submission_key",
        "trained_as",
        "trained_tokens",
    },
    **dict.fromkeys(
        [
            "account_emailaddress",
            "account_emailconfirmation",
            "accounts_invitation",
            "accounts_tally",
            "audit_event",
            "comments_address",
            "comments_decision",
            "comments_notice",
            "comments_spamtoken",
            "comments_standing",
            "comments_subscription",
            "django_admin_log",
            "django_session",
            "django_tasks_database_dbtaskresult",
            "mfa_authenticator",
            "outgoing_message",
            "outgoing_round",
            "outgoing_worker",
            "pagecache_untoldchange",
            "posts_draftlink",
            "posts_externallink",
            "posts_linkuse",
            "posts_plannededit",
            "posts_review",
            "posts_waiver",
            "posts_workingcopy",
            "reporting_violation",
            "socialaccount_socialaccount",
            "socialaccount_socialtoken",
            "usersessions_usersession",
        ],
        "*",
    ),
}
# What triggers of the database write, without a statement of ours, and from which tables: who reads
# the first reads the others as well. See posts/tallies.
PAGECACHE_DERIVED = {
    "posts_tally": ["posts_post", "posts_post_tags", "posts_byline"],
    "posts_post_tags": ["posts_post"],
    "posts_byline": ["posts_post"],
}
# What kept pages may take in the memory of each web process. A post of 20 kB takes about 40 kB, in
# all packings. With 0 every page is made anew.
PAGECACHE_MB = whole_number("PAGECACHE_MB", default=64, highest=65_536, lowest=0)

# --- People -------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.MaximumLengthValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name", "handle"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.MoreThanTheSite"},
    {"NAME": "accounts.passwords.OpensTheAccount"},
]
# The first hashes; those of the others are made anew at the next sign-in.
PASSWORD_HASHERS = ["accounts.hashers.Argon2", "accounts.hashers.PBKDF2"]

# Signing in, one's e-mail and the second step are allauth's; making an account, asking for a new
# password and all limits are ours, in `accounts`.
AUTHENTICATION_BACKENDS = ["accounts.backends.PasswordBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
# Not the front page: that is kept for everybody, and cannot say that somebody is signed out.
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True  # one address an account: a new one replaces it once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = None  # the form asks
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
# What is tried is counted in the database, by accounts.throttling. allauth's own counts are in the
# memory of one process, and some would keep an owner out.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "add_email": "accounts.forms.NewAddressForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordForm",
}
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds

# Other sites to sign in through, where they are named.
SOCIALACCOUNT_ADAPTER = "accounts.social.adapter.SocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False  # or any page could sign somebody in by a picture
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_PROVIDERS = {}
FORM_TARGETS = []  # origins that a form of ours may lead to
if github := env.str("GITHUB_CLIENT_ID", default=""):
    FORM_TARGETS.append("https://github.com")
    SOCIALACCOUNT_PROVIDERS["github"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "github",
                "name": "GitHub",
                "client_id": github,
                "secret": env.str("GITHUB_CLIENT_SECRET"),
            }
        ],
    }
if oidc_url := env.str("OIDC_URL", default=""):
    FORM_TARGETS.append("{0.scheme}://{0.netloc}".format(urlsplit(oidc_url)))
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "own",
                "name": env.str("OIDC_NAME", default=urlsplit(oidc_url).hostname or "OpenID"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": oidc_url},
            }
        ],
    }
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "accounts.second_step.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "accounts.second_step.forms.AuthenticateForm",
    "reauthenticate": "accounts.second_step.forms.ReauthenticateForm",
    "activate_totp": "accounts.second_step.forms.ActivateAppForm",
    "add_webauthn": "accounts.second_step.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.second_step.forms.RenamePasskeyForm",
    "login_webauthn": "accounts.second_step.forms.LoginPasskeyForm",
    "authenticate_webauthn": "accounts.second_step.forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.second_step.forms.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# What waits for its confirmation is a new address; the one that counts is always confirmed.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODE_DIGITS = 12
MFA_RATE_LIMITS = False  # see ACCOUNT_RATE_LIMITS
MFA_PASSKEY_LOGIN_ENABLED = True
# Also where it is the second step: else a challenge asked for there would let in, at the page for
# passkeys alone, whoever found a key and knows no PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # half a minute of a clock that is wrong
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers take http for this machine itself only
USERSESSIONS_TRACK_ACTIVITY = False  # would write to the database with every request

# --- Mail ---------------------------------------------------------------------

# Without a mail server, mail goes to a folder where the operator can read it.
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = EMAIL_CONFIG.get("EMAIL_FILE_PATH") or str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"blog@{SITE_HOST}")
# Whatever asks Django to send a mail has it queued; the worker sends it by the transport named here.
MAIL_TRANSPORTS = {
    "filebased": "folder",
    "smtp": "server",
    "console": "terminal",
    "dummy": "nowhere",
}
MAIL_TRANSPORT = MAIL_TRANSPORTS.get(EMAIL_CONFIG["EMAIL_BACKEND"].split(".")[-2])
if not MAIL_TRANSPORT:
    raise ImproperlyConfigured(
        "EMAIL_URL must begin with smtp, filemail, consolemail or dummymail."
    )
EMAIL_BACKEND = "blogsite.outgoing.backend.QueueingBackend"

# --- Jobs ---------------------------------------------------------------------

# In the database, so that a job is stored together with the change that caused it, or not at all.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail"],  # of its own, so that a slow mail server holds up nothing
    }
}

# --- Words and time -----------------------------------------------------------

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "blogsite" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files --------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Hashed names outside DEBUG only, or every run of the tests would need collectstatic.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "blogsite.staticfiles.BundledManifestStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # scripts and styles are for our own pages

MARKDOWNX_MARKDOWNIFY_FUNCTION = "posts.admin.preview.markdownify"
MARKDOWNX_SERVER_CALL_LATENCY = 150  # milliseconds of silence before a preview is asked for

REQUEST_MAX_BYTES = 24 * 2**20  # one picture of 20 MB and the form around it
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # a post of two million characters, with room to spare
FILE_UPLOAD_PERMISSIONS = 0o644

# --- Security -----------------------------------------------------------------

# __Host- binds a cookie to this very host and to https; browsers refuse it over http.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
# A session ends with the browser, or on the server this long after its last request; whoever asks
# to stay signed in has the longer time.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
ACCOUNT_SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "blogsite.message_storage.MessageStorage"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Every cookie that the site reads. Who brings one is answered by Django, and not by a kept page.
PAGECACHE_COOKIES = [
    SESSION_COOKIE_NAME,
    CSRF_COOKIE_NAME,
    f"{COOKIE_PREFIX}messages",  # see blogsite/message_storage.py
    f"{COOKIE_PREFIX}guest",  # see comments/writing/guests.py
    f"{COOKIE_PREFIX}device",  # see accounts/throttling/devices.py
]
CSRF_FAILURE_VIEW = "blogsite.errors.csrf_failure"

SECURE_SSL_REDIRECT = HTTPS
SECURE_SSL_HOST = urlsplit(SITE_URL).netloc  # whatever port plain http was asked at
# Two years, as the preload list asks. Never for this machine itself: browsers know no ports here,
# so all that it serves under the same name would have to be https.
HAS_HSTS = HTTPS and not IS_ON_LOOPBACK
SECURE_HSTS_SECONDS = 63_072_000 if HAS_HSTS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HAS_HSTS
SECURE_HSTS_PRELOAD = HAS_HSTS
# The header is there only if one of TRUSTED_PROXIES sent it; see blogsite/client.py.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # for browsers that do not know frame-ancestors; see blogsite/headers.py

safety.refuse_unsafe(globals())

# --- Log ----------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "blogsite.log.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A wrong Host header is a visitor's mistake, not the operator's alarm.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # While the database is away it would tell of every attempt; who asks for it tells as well.
        "psycopg.pool": {"level": "ERROR"},
        # What is decided here is said in the log: who moderated what, and who did what else.
        "comments": {"level": "INFO"},
        "blogsite.audit": {"level": "INFO"},
    },
}

# --- Development --------------------------------------------------------------

if DEBUG:
    try:
        import debug_toolbar  # noqa: F401
    except ImportError:
        pass
    else:
        INSTALLED_APPS.append("debug_toolbar")
        after_gzip = MIDDLEWARE.index("django.middleware.gzip.GZipMiddleware") + 1
        MIDDLEWARE.insert(after_gzip, "debug_toolbar.middleware.DebugToolbarMiddleware")
        INTERNAL_IPS = ["127.0.0.1", "::1"]
