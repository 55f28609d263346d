"""Every component as a person meets it: by thumb, by keyboard, by screen reader, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.axe import overflow, small_targets, violations

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.urls")]


def on_phone(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] < 600)


def test_components_are_accessible_and_fit_the_screen(page: Page) -> None:
    page.goto("/styleguide/")
    assert violations(page) == []
    assert overflow(page) == 0
    if on_phone(page):
        assert small_targets(page) == []


def test_the_menu_opens_closes_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/styleguide/")
    account = page.locator("details[data-menu] > summary").last
    account.click()
    sign_out = page.get_by_role("button", name="Đăng xuất")
    expect(sign_out).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(sign_out).to_be_hidden()
    expect(account).to_be_focused()


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/styleguide/")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    skip = page.get_by_role("link", name="Bỏ qua, đến nội dung chính")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_an_error_summary_is_read_first_and_leads_to_its_field(page: Page) -> None:
    page.goto("/styleguide/")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    page.locator(".ds-error-summary a").first.click()
    expect(page.locator("#id_spoilt-name")).to_be_focused()


def test_a_form_is_sent_once_however_often_it_is_pressed(page: Page) -> None:
    page.goto("/styleguide/")
    # Stops the sending itself, after noting whether the page's own guard had stopped it before.
    page.evaluate(
        """() => document.addEventListener('submit', (event) => {
          window.guarded = event.defaultPrevented;
          event.preventDefault();
        })"""
    )
    page.locator("#id_name").evaluate("(field) => field.form.setAttribute('novalidate', '')")
    save = page.get_by_role("button", name="Lưu").first
    save.click()
    assert page.evaluate("window.guarded") is False
    save.click()
    assert page.evaluate("window.guarded") is True


def test_pages_work_without_script(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(
        base_url=live_server.url,
        locale="vi-VN",
        java_script_enabled=False,
        viewport={"width": 360, "height": 800},
    )
    page = context.new_page()
    page.goto("/styleguide/")
    page.locator(".lt-menu-phone > summary").click()
    expect(page.get_by_role("link", name="Học tập")).to_be_visible()
    page.locator("details[data-menu] > summary").last.click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    context.close()
