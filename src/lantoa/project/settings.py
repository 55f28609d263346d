"""The one settings module. Everything an operator may choose is read from the environment here;
what the agency itself sets (name, mail, banner) stands in `installation`."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF  # noqa: F401
from django.utils.translation import gettext_lazy as _

from lantoa.exams.rules.appeals import DAYS as APPEAL_DAYS
from lantoa.project.deliveries import DELIVERIES

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("LANTOA_DATA") or ROOT / "var" / "data").absolute()


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes")


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _secret_key() -> str:
    """From the environment, else from the data directory, made there at the first start."""
    if from_environment := os.environ.get("LANTOA_SECRET_KEY"):
        return from_environment
    path = DATA / "secret-key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


DEBUG = _flag("LANTOA_DEBUG")
SECRET_KEY = _secret_key()
# The address printed on certificates and sent in mails; the request's own when empty.
BASE_URL = os.environ.get("LANTOA_BASE_URL", "").rstrip("/")
_OWN_HOST = urlsplit(BASE_URL).hostname
ALLOWED_HOSTS = _list(
    "LANTOA_HOSTS", f"{_OWN_HOST},localhost,127.0.0.1,[::1]" if _OWN_HOST else "*"
)

INSTALLED_APPS = [
    "lantoa.project",
    "lantoa.demo",
    "lantoa.home",
    "lantoa.reports",
    "lantoa.certificates",
    "lantoa.exams",
    "lantoa.plans",
    "lantoa.obligations",
    "lantoa.providers",
    "lantoa.classes",
    "lantoa.programmes",
    "lantoa.courses",
    "lantoa.surveys",
    "lantoa.items",
    "lantoa.frameworks",
    "lantoa.records",
    "lantoa.notices",
    "lantoa.people",
    "lantoa.installation",
    "lantoa.files",
    "lantoa.jobs",
    "lantoa.accounts",
    "lantoa.audit",
    "lantoa.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.forms",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "lantoa.project.middleware.access_log",
    "lantoa.project.middleware.readable_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lantoa.project.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lantoa.accounts.middleware.idle_lock",
    "lantoa.accounts.middleware.second_factor",
    "lantoa.project.middleware.deliveries",
]

ROOT_URLCONF = "lantoa.project.urls"
WSGI_APPLICATION = "lantoa.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A variant's templates lie in its folder: items/kinds/single_choice/play.html.
        "DIRS": [Path(__file__).resolve().parent.parent],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lantoa.project.navigation.context",
                "lantoa.accounts.context.account",
                "lantoa.notices.context.bell",
            ],
        },
    },
]

FORM_RENDERER = "lantoa.web.forms.FormRenderer"

# ---- database: SQLite in the data directory, PostgreSQL by DATABASE_URL ----
_DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'lantoa.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(_DATABASE_URL, conn_max_age=600)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATA.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["ENGINE"] = "lantoa.kernel.sqlite"
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue at BEGIN instead of failing in the middle (SQLITE_BUSY on upgrade).
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- accounts ----
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lantoa.accounts.backends.IdentifierBackend"]
PASSWORD_HASHERS = [
    "lantoa.accounts.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("display_name", "email", "phone")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
# A demo: the second factor is offered, not required.
LANTOA_DEMO = _flag("LANTOA_DEMO")
LANTOA_IDLE_MINUTES = int(os.environ.get("LANTOA_IDLE_MINUTES", "15"))
LANTOA_ADMINISTRATOR_IDLE_MINUTES = int(
    os.environ.get("LANTOA_ADMINISTRATOR_IDLE_MINUTES", "15" if LANTOA_DEMO else "5")
)
# What accounts must know of the domains above, by name: calls go down.
LANTOA_IS_ADMINISTRATOR = "lantoa.people.permissions.is_administrator"
LANTOA_KEEPS_SYSTEM = "lantoa.people.permissions.keeps_system"
LANTOA_ADMINISTRATOR_IDS = "lantoa.people.permissions.administrator_ids"
LANTOA_NEEDS_SECOND_FACTOR = "lantoa.people.permissions.needs_second_factor"
LANTOA_SEND_EMAIL = "lantoa.notices.actions.send_email"
LANTOA_SEND_SMS = "lantoa.notices.actions.send_sms"
LANTOA_EXAM_DAY_CHECKS = [
    "lantoa.project.exam_day.machine_clock",
    "lantoa.project.exam_day.disk",
    "lantoa.project.exam_day.backup",
]
ACCOUNT_ADAPTER = "lantoa.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lantoa.accounts.forms.sign_in.SignInForm",
    "reauthenticate": "lantoa.accounts.forms.sign_in.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}  # of allauth's own kind; ours is the sign-in form's
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _flag("LANTOA_HTTPS") else "http"
# Guessing is stopped per account (accounts.actions.sign_in); these only bound a flood from one
# address, behind which 2.000 people may sign in within a minute.
ACCOUNT_RATE_LIMITS = {
    "login": "6000/m/ip",
    "login_failed": "20/m/key",
    "reauthenticate": "20/m/user",
}
MFA_ADAPTER = "lantoa.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "lantoa.accounts.forms.second_factor.AuthenticateForm",
    "reauthenticate": "lantoa.accounts.forms.second_factor.ReauthenticateForm",
    "activate_totp": "lantoa.accounts.forms.second_factor.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: phones' clocks are not exact
# How many proxies of ours stand before us and add to X-Forwarded-For (docs/operations.md).
LANTOA_BEHIND_PROXY = _flag("LANTOA_BEHIND_PROXY")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if LANTOA_BEHIND_PROXY else 0

# ---- mail: how it goes out is set on the system page, kept in the database ----
EMAIL_BACKEND = "lantoa.installation.mail.InstallationBackend"
DEFAULT_FROM_EMAIL = "lantoa@localhost"

# ---- language and time ----
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# ---- files ----
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [ROOT / "build" / "static"] if (ROOT / "build" / "static").exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "lantoa.project.statics.Statics"
        )
    },
}
MEDIA_ROOT = DATA / "media"
OUTBOX = DATA / "outbox"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Figures on pages may be this old; pages state their moment. 0: counted anew each time.
LANTOA_KEEP_MESSAGES_DAYS = int(os.environ.get("LANTOA_KEEP_MESSAGES_DAYS", "365"))
LANTOA_FIGURES_SECONDS = int(os.environ.get("LANTOA_FIGURES_SECONDS", "5"))

# A bank is compiled for drawing at most so often; an item approved a minute ago may wait as long.
LANTOA_BUNDLE_SECONDS = int(os.environ.get("LANTOA_BUNDLE_SECONDS", "60"))
# Days in which a candidate may appeal after results are out (căn cứ: see exams.rules.appeals).
LANTOA_APPEAL_DAYS = int(os.environ.get("LANTOA_APPEAL_DAYS", APPEAL_DAYS))

# ---- jobs ----
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LANTOA_DELIVERIES = DELIVERIES

# ---- security ----
_HTTPS = _flag("LANTOA_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31536000 if _HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = _list("LANTOA_TRUSTED_ORIGINS")
# Only behind a proxy that sets the header itself (docs/operations.md).
if LANTOA_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# ---- log: one JSON object a line, no personal data ----
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"no_paths": {"()": "lantoa.project.logs.NoPaths"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["no_paths"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LANTOA_LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        # Paths may carry tokens; what was asked stands in the access log by route name.
        "django.request": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
    },
}
