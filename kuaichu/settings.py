"""Settings of an installation. Everything a city may decide is in `cities/<code>.toml` instead.

Environment variables (all optional on a laptop):

KUAICHU_VAR        folder of data, keys and uploads (default: ./var)
KUAICHU_DATABASE   sqlite:///<path> (default: var/kuaichu.sqlite3) or postgresql://user:password@host/name
KUAICHU_SECRET_KEY secret of signatures and sessions (default: made once and kept in KUAICHU_VAR)
KUAICHU_BASE_URL   the address citizens see, e.g. https://kuaichu.example.gov.cn
KUAICHU_HOSTS      host names served, separated by commas
KUAICHU_CITY       the city shown where a visitor has not chosen one
KUAICHU_CITY_DIRS  further folders of city files, separated by commas
KUAICHU_LANES      lanes that workers of their own work, separated by commas (default: vision, if its extra is
                   installed here; empty: photographs are not read)
KUAICHU_BEHIND_PROXY    yes: believe the proxy's X-Forwarded-Proto and X-Forwarded-For
KUAICHU_CLIENT_CERTIFICATE_HEADER  the header in which the proxy hands on a client certificate it has
                   verified, e.g. Client-Cert (default: none, partners' systems show no certificates)
KUAICHU_TRUSTED_CALLERS addresses and networks that may open any number of reports, separated by commas
KUAICHU_DEMO       yes: sign-in links and stand-in addresses of the demo
KUAICHU_DEBUG      yes: Django's debug pages (never where real data is)
"""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from kuaichu import environment as env

PACKAGE = Path(__file__).resolve().parent
VAR = env.folder("KUAICHU_VAR", Path.cwd() / "var")
DEBUG = env.flag("KUAICHU_DEBUG")
DEMO = env.flag("KUAICHU_DEMO")
BASE_URL = env.text("KUAICHU_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
SECURE = BASE_URL.startswith("https://")


def _secret() -> str:
    given = env.text("KUAICHU_SECRET_KEY")
    if given:
        return given
    path = VAR / "secret_key"
    VAR.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret()
ALLOWED_HOSTS = env.words("KUAICHU_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

DEFAULT_CITY = env.text("KUAICHU_CITY", "yancheng")
CITY_DIRS = [PACKAGE / "cities", *[Path(p) for p in env.words("KUAICHU_CITY_DIRS")]]
CONNECTORS: dict[str, dict[str, Any]] = {}
for _port in ("sms", "register", "policies", "payout", "seal", "timestamps", "storage"):
    if _url := env.text(f"KUAICHU_{_port.upper()}_URL"):
        CONNECTORS.setdefault(_port, {})["base_url"] = _url
if _urls := env.text("KUAICHU_WITNESS_URLS"):
    CONNECTORS["witness"] = {"adapter": "http", "urls": _urls}
STORAGE_DIR = VAR / "objects"
UPLOADS_DIR = VAR / "uploads"
KEYS_DIR = VAR / "keys"
LANES = frozenset(env.words("KUAICHU_LANES", "vision" if find_spec("rapidocr") else ""))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "oauth2_provider",
    "csp",
    "kuaichu.kernel",
    "kuaichu.people",
    "kuaichu.cases",
    "kuaichu.desks.liability",
    "kuaichu.desks.documents",
    "kuaichu.desks.claims",
    "kuaichu.desks.notify",
    "kuaichu.desks.dispatch",
    "kuaichu.desks.oversight",
    "kuaichu.desks.risk",
    "kuaichu.desks.centre",
    "kuaichu.process",
    "kuaichu.portals.look",
    "kuaichu.portals",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kuaichu.portals.middleware.Contents",
    "kuaichu.portals.middleware.SafeHeaders",
    "kuaichu.portals.middleware.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kuaichu.portals.middleware.Forms",
    "kuaichu.portals.middleware.Users",
    "kuaichu.portals.middleware.Notices",
    "allauth.account.middleware.AccountMiddleware",
    "kuaichu.portals.middleware.Refusals",
    "kuaichu.portals.middleware.Texts",
]

ROOT_URLCONF = "kuaichu.portals.urls"
WSGI_APPLICATION = "kuaichu.server.wsgi"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "portals"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kuaichu.portals.context.everywhere",
            ],
        },
    }
]

DATABASES = {"default": env.database("KUAICHU_DATABASE", f"sqlite:///{VAR / 'kuaichu.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "kuaichu.portals.failures.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:desk"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "kuaichu.people.signin.NoSignup"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kuaichu"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "kuaichu.people.factors.SignInForm",
    "reauthenticate": "kuaichu.people.factors.ProveAgainForm",
}
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
BEHIND_PROXY = env.flag("KUAICHU_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CLIENT_CERTIFICATE_HEADER = env.text("KUAICHU_CLIENT_CERTIFICATE_HEADER")
TRUSTED_CALLERS = env.networks("KUAICHU_TRUSTED_CALLERS")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "oauth2_provider.AccessToken"
OAUTH2_PROVIDER_ID_TOKEN_MODEL = "oauth2_provider.IDToken"
OAUTH2_PROVIDER_GRANT_MODEL = "oauth2_provider.Grant"
OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "oauth2_provider.RefreshToken"
OAUTH2_PROVIDER = {
    "SCOPES": {
        "claims": "Read and work the claims of one's own company",
        "calls": "Report accidents called in",
    },
    "DEFAULT_SCOPES": ["claims"],
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "PKCE_REQUIRED": False,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,  # only the token's hash is kept
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Each portal keeps the few files of its own beside its pages; the look is an application and brings its own.
STATICFILES_DIRS = sorted(p for p in PACKAGE.glob("portals/*/static") if p.parent.name != "look")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kuaichu.portals.look.storage.LookStaticFilesStorage"},
}

WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", "csp-nonce-placeholder"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "worker-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
from csp.constants import NONCE  # noqa: E402

CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"] = ["'self'", NONCE]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["style-src"] = ["'self'", NONCE]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
PHOTO_MAX_BYTES = 12 * 1024 * 1024
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING_CONFIG = None
from kuaichu.logs import configure  # noqa: E402

configure(env.text("KUAICHU_LOG", "INFO"), as_json=env.flag("KUAICHU_LOG_JSON"))
