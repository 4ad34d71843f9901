"""The routes about people."""

from django.urls import path

from sextant_server.accounts.pages import joining, log, own, people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitations/<int:invitation_id>/withdraw/", people.withdraw, name="withdraw"),
    path("people/<int:user_id>/", people.person, name="person"),
    path("people/<int:user_id>/activity/", people.activity, name="person_activity"),
    path("join/<str:key>/", joining.join, name="join"),
    path("me/", own.account, name="account"),
    path("me/tokens/new/", own.new_token, name="new_token"),
    path("me/tokens/<int:token_id>/revoke/", own.revoke_token, name="revoke_token"),
    path("audit/", log.audit_log, name="audit_log"),
]
