"""Foreign pages that show the pop-up, and the way into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import FrameLocator, Page

BUTTON = "Chat with us"


def opened(page: Page) -> FrameLocator:
    """The pop-up, once its button was pressed."""
    page.get_by_role("button", name=BUTTON).click()
    return page.frame_locator("iframe[title='Chat with us']")


@contextmanager
def foreign_page(desk_url: str, *, site: str) -> Iterator[str]:
    """A page of somebody else, whose policy allows nothing but our origin; yields its origin."""
    html = (
        "<!doctype html><html lang='en'><title>Shop</title><h1>Our shop</h1>"
        f"<script src='{desk_url}/chat/widget.js' data-site='{site}' async></script></html>"
    ).encode()
    policy = f"default-src 'none'; script-src {desk_url}; frame-src {desk_url}"

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
