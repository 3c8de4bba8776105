"""Django's settings, all of them. Reading this file creates nothing on disk: ``folders.prepare`` does.

Two variables only: HYGIE_DATA_DIR (where the data live) and HYGIE_DATABASE_URL (PostgreSQL instead of SQLite).
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from hygie.agent.folders import data_folder
from hygie.server import folders

DATA = data_folder()
SECRET_KEY = folders.secret_key(DATA)
DEBUG = False

# Loopback names only: a page on the Internet that makes its own name point here (DNS rebinding) gets a 400.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "hygie.server.practice",
    "hygie.server.checkups",
    "hygie.server.proofs",
    "hygie.server.measures",
    "hygie.server.overview",
    "hygie.server.reports",
    "hygie.server.ui",
]
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",  # first: refuses a foreign Host before anything else answers
    "django.middleware.security.SecurityMiddleware",
    "hygie.server.headers.PrivatePages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "hygie.server.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["hygie.server.ui.templatetags.hygie"],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / folders.DATABASE,
    "OPTIONS": {
        # IMMEDIATE takes the write lock when a transaction begins: two writers wait for each other, none fails midway.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    },
    "CONN_MAX_AGE": None,
}


def postgresql(url: str) -> dict[str, Any]:
    """Django's settings for ``postgresql://user:password@host:port/name``."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": postgresql(os.environ["HYGIE_DATABASE_URL"]) if "HYGIE_DATABASE_URL" in os.environ else SQLITE}

LANGUAGE_CODE = "fr"
USE_I18N = False  # every text is ours, in French: no translation is looked up
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from the source folder: nothing to collect when Hygie starts

# No script at all, nothing from elsewhere, no frame.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
CSRF_COOKIE_NAME = "hygie_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # gone when the browser closes
CSRF_FAILURE_VIEW = "hygie.server.ui.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refused name is answered to the browser; the doctor's terminal stays quiet.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]  # HTTPS: not on loopback
