"""Settings of the installation. What a school chooses is policy, not a setting: see `core/policy`.

Each variable is explained in docs/reference/settings.md, which a test holds to this file.
"""

from __future__ import annotations

from pathlib import Path

from allpresent.accounts.rights import Right
from allpresent.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.text("ALLPRESENT_DATA", ".data")).expanduser().resolve()
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.text("ALLPRESENT_SECRET_KEY") or env.kept_secret(DATA, "secret.key")
SEAL_KEY = env.kept_secret(DATA, "seal.key")
DEBUG = env.boolean("ALLPRESENT_DEBUG")
ALLOWED_HOSTS = env.listed("ALLPRESENT_HOSTS", "127.0.0.1,localhost,[::1]")
BEHIND_HTTPS = env.boolean("ALLPRESENT_HTTPS")
CLOCK = env.text("ALLPRESENT_NOW")
CLOCK_SET_AT = env.text("ALLPRESENT_NOW_SET_AT")
DEMONSTRATION = env.boolean("ALLPRESENT_DEMONSTRATION")
CHANNELS = env.text("ALLPRESENT_CHANNELS")
BUILT_ASSETS = Path(env.text("ALLPRESENT_ASSETS", "node_modules/govuk-frontend/dist")).resolve()

DATABASES = {"default": env.database(env.text("ALLPRESENT_DATABASE"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "allpresent.shared",
    "allpresent.schools",
    "allpresent.accounts",
    "allpresent.handbook",
    "allpresent.people",
    "allpresent.messages",
    "allpresent.absences",
    "allpresent.registers",
    "allpresent.calls",
    "allpresent.settling",
    "allpresent.leave",
    "allpresent.site",
    "allpresent.elsewhere",
    "allpresent.sharing",
    "allpresent.exchange",
    "allpresent.pupils",
    "allpresent.parents",
    "allpresent.practice",
    "allpresent.figures",
    "allpresent.improvement",
    "allpresent.sweeps",
    "allpresent.today",
    "allpresent.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "allpresent.shared.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allpresent.accounts.door.Door",
]

ROOT_URLCONF = "allpresent.config.urls"
WSGI_APPLICATION = "allpresent.config.wsgi.application"

ROOMS = [app.removeprefix("allpresent.") for app in INSTALLED_APPS if app.startswith("allpresent.")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / room / "templates" for room in ROOMS],
        "OPTIONS": {
            "environment": "allpresent.shared.jinja.environment",
            "context_processors": ["allpresent.shared.page.layout"],
        },
    },
]

# Links of every page's frame: words, address, the right that opens it. The day's work first; the others fold away.
ROOMS_SHOWN = [
    ("Today", "today", Right.SEE_SCHOOL),
    ("Registers", "registers", Right.SEE_REGISTERS),
    ("Calls", "calls", Right.LOG_CALL),
    ("To settle", "settling", Right.SETTLE_ABSENCE),
    ("Message", "new_notice", Right.RECORD_NOTICE),
    ("Late arrival", "late_arrival", Right.RECORD_LATE),
    ("Early leaving", "sign_out", Right.SIGN_OUT),
    ("On site", "on_site", Right.SEE_SITE),
    ("Leave", "leave", Right.ASK_LEAVE),
    ("Pupils", "pupils", Right.SEE_PUPIL),
    ("Figures", "figures", Right.SEE_FIGURES),
]
ROOMS_FOLDED = [
    ("Watch", "watch", Right.LOG_CALL),
    ("Sent", "messages_out", Right.SEE_MESSAGES),
    ("Elsewhere", "elsewhere", Right.KEEP_PROVIDERS),
    ("Providers’ worries", "concerns", Right.SEE_RESTRICTED),
    ("Passed on", "sharing", Right.SEE_SHARING),
    ("Roll", "roll", Right.KEEP_ROLL),
    ("Parents’ changes", "details_asked", Right.KEEP_ROLL),
    ("Calendar", "calendar", Right.SEE_SCHOOL),
    ("Practice", "practice", Right.SEE_PRACTICE),
    ("Class tracker", "tracker", Right.SEE_REGISTERS),
    ("Improvement", "improvement", Right.SEE_FIGURES),
    ("My actions", "my_actions", Right.SEE_SCHOOL),
    ("Staff", "staff", Right.KEEP_STAFF),
    ("Policy", "policy", Right.SEE_POLICY),
]
# Pages of one room, shown on each of them: words, address, the right that opens it; by the beginning of their address.
ROOM_PAGES = {
    "figures": [
        ("The school", "figures", Right.SEE_FIGURES),
        ("The trust", "trust_figures", Right.SEE_TRUST),
        ("Lists", "figure_lists", Right.SEE_SCHOOL),
        ("Patterns", "patterns", Right.SEE_SCHOOL),
        ("Class tracker", "tracker", Right.SEE_REGISTERS),
        ("Ask", "ask", Right.SEE_FIGURES),
        ("Registers’ quality", "quality", Right.SEE_FIGURES),
        ("Beside DfE", "national", Right.SEE_FIGURES),
        ("What if", "what_if", Right.SEE_FIGURES),
        ("Chances", "chances", Right.SEE_FIGURES),
        ("Packs", "packs", Right.SEE_FIGURES),
    ],
}
# What rooms above the registers say beside a pupil's name there.
REGISTER_NOTES = ["allpresent.site.queries.out_in_words"]
# What rooms above the registers have against amending a mark there.
AMENDMENT_OBJECTIONS = ["allpresent.settling.objecting.parent_not_told"]
# What rooms above the figures write into a pack of them.
PACK_SECTIONS = ["allpresent.improvement.in_packs.of_ourselves"]
# The frame's search, and the right that opens it.
SEARCH = ("pupils", Right.SEE_PUPIL)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allpresent.accounts.backend.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "allpresent.accounts.adapter.StaffOnly"
ACCOUNT_FORMS = {
    "login": "allpresent.accounts.forms.SignInForm",
    "change_password": "allpresent.accounts.forms.PasswordForm",
    "request_login_code": "allpresent.parents.sign_in_forms.AddressForm",
    "confirm_login_code": "allpresent.parents.sign_in_forms.CodeForm",
}
# Parents sign in by a code sent to the address that the school holds. The answer never tells whether it holds one, so
# an address that it does not hold is sent nothing.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# A whole school often has one address to the outside, and all of it signs in within a few minutes. One account's
# wrong tries are few all the same. Behind a proxy the address is the one that the proxy names.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "request_login_code": "60/m/ip,5/900s/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_HTTPS else 0
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_TEMPLATE_EXTENSION = "html"

# Mail of Django and allauth, such as sign-in codes, goes through the outbox like everything else.
EMAIL_BACKEND = "allpresent.messages.django_mail.OutboxBackend"

# Tries to sign in are counted here: in files, so that all processes of a server count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_NAME = "allpresent_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
CSRF_TRUSTED_ORIGINS = env.listed("ALLPRESENT_ORIGINS")
CSRF_FAILURE_VIEW = "allpresent.shared.faults.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
ROLL_FILE_MAX_BYTES = 20_000_000

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [("govuk", BUILT_ASSETS)] if BUILT_ASSETS.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "allpresent.shared.assets.Assets"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
