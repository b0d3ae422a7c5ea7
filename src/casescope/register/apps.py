"""The register as a Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Who did what, when, to which study."""

    name = "casescope.register"
    label = "register"
    verbose_name = "Register"
