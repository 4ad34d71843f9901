"""Double clicks, stale tabs, two who write at once: one effect, and no text lost."""

from typing import Any

from playwright.sync_api import expect

from .conftest import Told

PRODUCT = "employment-pre-screen"


def test_two_who_write_at_once_lose_nothing(told: Told, as_person: Any) -> None:
    dana, tara = as_person("dana"), as_person("tara")
    dana.goto(told.page("contracts/", PRODUCT))
    dana.get_by_label("Reason").fill("The gap was set too tight.")
    dana.get_by_role("button", name="Begin its successor").click()
    dana.wait_for_url("**/edit/")
    tara.goto(dana.url)
    for page, bound in ((dana, "0.86"), (tara, "0.87")):
        area = page.get_by_label("The contract, as YAML")
        area.fill(area.input_value().replace("auc >= 0.85", f"auc >= {bound}"))
    dana.get_by_role("button", name="Keep the draft").click()
    expect(dana.get_by_role("status").first).to_contain_text("The draft is kept")
    tara.get_by_role("button", name="Keep the draft").click()
    expect(tara.get_by_role("alert")).to_contain_text("Both texts are below")
    assert "auc >= 0.87" in tara.get_by_label("The contract, as YAML").input_value()
    assert "auc >= 0.86" in tara.locator("pre.listing").inner_text()
    tara.get_by_role("button", name="Keep the draft").click()
    expect(tara.get_by_role("status").first).to_contain_text("The draft is kept")
    tara.get_by_text("Withdraw the draft").click()
    tara.get_by_role("button", name="Withdraw it").click()


def test_a_double_click_starts_one_run(told: Told, as_person: Any) -> None:
    page = as_person("tara")
    page.goto(told.page("runs/new/?contract=1", PRODUCT))
    page.get_by_role("button", name="Run it").dblclick()
    page.wait_for_url("**/runs/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The answer is there.", timeout=15000)
    page.goto(told.page("history/", PRODUCT))
    started = page.get_by_text("Started a run of contract 1").count()
    while (older := page.locator(".pages a[rel=next]")).count():
        older.click()
        started += page.get_by_text("Started a run of contract 1").count()
    assert started == 2, "the demonstration's, and this"


def test_a_stale_tab_decides_nothing_and_keeps_its_text(told: Told, as_person: Any) -> None:
    ines, rui = as_person("ines"), as_person("rui")
    ines.goto(told.page("gates/3/"))
    ines.get_by_label("Hold", exact=True).check()
    ines.locator("#decide").get_by_label("Reason").fill("The comparison goes on.")
    rui.goto(told.page("gates/3/"))
    rui.get_by_text("Ask a question", exact=True).click()
    rui.get_by_label("Question").fill("Who is hurt by four clicks?")
    rui.get_by_role("button", name="Ask it").click()
    expect(rui.get_by_role("status").first).to_contain_text("The question is asked")
    ines.locator("#decide").get_by_role("button", name="Decide").click()
    expect(ines.get_by_role("alert").first).to_contain_text("has changed since you opened")
    expect(ines.locator("#decide").get_by_label("Reason")).to_have_value("The comparison goes on.")
    ines.reload()
    expect(ines.get_by_text("Who is hurt by four clicks?")).to_be_visible()
