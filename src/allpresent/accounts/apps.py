from django.apps import AppConfig


class Accounts(AppConfig):
    name = "allpresent.accounts"
    label = "accounts"
