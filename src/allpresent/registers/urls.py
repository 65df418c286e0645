"""Addresses of the register."""

from django.urls import path

from allpresent.registers import arrivals, classes, closures, commissioners, days, marks, plans, views

urlpatterns = [
    path("calendar/closure/", closures.new_closure, name="new_closure"),
    path("late/", arrivals.late_arrival, name="late_arrival"),
    path("marks/<int:pupil>/<day:day>/<half:half>/", marks.mark, name="mark"),
    path("pupils/<int:pupil>/plan/", plans.plan_absence, name="plan_absence"),
    path("registers/commissioners/", commissioners.commissioners, name="commissioners"),
    path("registers/", days.registers, name="registers"),
    path("registers/<slug:group>/week/<day:day>/", classes.week, name="register_week"),
    path("registers/<slug:group>/term/<day:day>/", classes.term, name="register_term"),
    path("registers/<slug:group>/<day:day>/<half:half>/", views.register, name="register"),
]
