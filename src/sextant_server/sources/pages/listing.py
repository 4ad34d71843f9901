"""The sources of a product, and registering one."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.pages.forms import attempt
from sextant_server.products.entering import Here, in_product, show
from sextant_server.sources import actions, queries
from sextant_server.sources.forms import PathForm, UploadForm
from sextant_server.sources.models import Source


@in_product
@require_safe
def sources(request: HttpRequest, here: Here) -> HttpResponse:
    """Every source with its newest version."""
    rows = [
        (source, source.versions.first())
        for source in queries.sources_of(here.product).prefetch_related("versions")
    ]
    return show(request, here, "sources/sources.html", {"rows": rows})


@in_product
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Register a file or a path."""
    by_path = request.POST.get("how") == "path"
    upload = UploadForm(None if by_path else request.POST or None, request.FILES or None)
    path = PathForm(request.POST if by_path else None)
    if request.method == "POST":
        by = Acting.of(request)
        source = (
            attempt(path, lambda: actions.register_path(by, here.product, **path.cleaned_data))
            if by_path
            else attempt(upload, lambda: _upload(by, here, upload))
        )
        if source:
            messages.success(request, f"{source} is registered; its columns are being read.")
            return redirect("source", here.product.slug, source.name)
    wrong = upload.errors or path.errors
    context = {
        "upload": upload,
        "path": path,
        "folders": settings.SEXTANT.folders,
        "most": settings.SEXTANT.upload_mb,
    }
    return show(request, here, "sources/new.html", context, 422 if wrong else 200)


def _upload(by: Acting, here: Here, form: UploadForm) -> Source:
    file = form.cleaned_data["file"]
    return actions.register_upload(
        by, here.product, form.cleaned_data["name"], file.chunks(), file.name or ""
    )
