"""The routes of contracts."""

from django.urls import path

from sextant_server.contracts.pages import contract, editing

BASE = "products/<slug:slug>/contracts/"
ONE = f"{BASE}<int:number>/"
urlpatterns = [
    path(BASE, contract.contracts, name="contracts"),
    path(f"{BASE}new/", contract.begin, name="contract_new"),
    path(ONE, contract.contract, name="contract"),
    path(f"{ONE}edit/", editing.edit, name="contract_edit"),
    path(f"{ONE}check/", editing.check, name="contract_check"),
    path(f"{ONE}words/", editing.completions, name="contract_words"),
    path(f"{ONE}difference/", editing.changed, name="contract_difference"),
    path(f"{ONE}sign/", contract.sign, name="contract_sign"),
    path(f"{ONE}lock/", contract.lock, name="contract_lock"),
    path(f"{ONE}withdraw/", contract.withdraw, name="contract_withdraw"),
    path(f"{ONE}runs/", contract.runs, name="contract_runs"),
]
