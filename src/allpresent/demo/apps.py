from django.apps import AppConfig


class Demo(AppConfig):
    name = "allpresent.demo"
    label = "demo"
