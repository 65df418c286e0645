"""Addresses of leave."""

from django.urls import path

from allpresent.leave import part_time_views, views, weighing_views

urlpatterns = [
    path("leave/", views.leave, name="leave"),
    path("leave/new/", views.new_leave, name="new_leave"),
    path("leave/part-time/new/", part_time_views.new_part_time, name="new_part_time"),
    path("leave/part-time/<int:part_time>/", part_time_views.part_time, name="part_time"),
    path("leave/part-time/<int:part_time>/review/", part_time_views.part_time_review, name="part_time_review"),
    path("leave/part-time/<int:part_time>/end/", part_time_views.part_time_end, name="part_time_end"),
    path("leave/<int:leave>/", views.leave_request, name="leave_request"),
    path("leave/<int:leave>/said/", weighing_views.leave_consult, name="leave_consult"),
    path("leave/<int:leave>/check/", weighing_views.leave_check, name="leave_check"),
    path("leave/<int:leave>/decide/", weighing_views.leave_decide, name="leave_decide"),
    path("leave/<int:leave>/withdraw/", weighing_views.leave_withdraw, name="leave_withdraw"),
]
