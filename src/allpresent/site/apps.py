from django.apps import AppConfig


class Site(AppConfig):
    name = "allpresent.site"
    label = "site"
