"""Somebody without a mouse: Tab, arrows, Enter, Escape, and a focus that they can see."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.stories.people import Visitor

MOST_STEPS = 120
# A ring stands on what has the focus, or on what is drawn in its place.
IS_SEEN = """() => {
  const focused = document.activeElement
  const drawn = [focused, ...(focused.labels ?? []), focused.parentElement, focused.closest("form")]
  return drawn.some((one) => {
    if (!one) return false
    const {outlineStyle, outlineWidth} = getComputedStyle(one)
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
  })
}"""
HAS_FOCUS = "(element) => element === document.activeElement"
NAME = "() => document.activeElement.outerHTML.slice(0, 120)"


@dataclass(frozen=True)
class Keys:
    """The keyboard of a visitor, whose mouse is never used."""

    visitor: Visitor

    def press(self, *keys: str) -> None:
        for key in keys:
            self.visitor.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.visitor.page.keyboard.type(text)

    def go_to(self, target: Locator) -> None:
        """Press Tab until `target` has the focus. Raises AssertionError where it is never seen."""
        expect(target).to_be_attached()
        for _ in range(MOST_STEPS):
            self.press("Tab")
            page = self.visitor.page
            assert page.evaluate(IS_SEEN), f"unseen focus: {page.evaluate(NAME)}"
            if target.evaluate(HAS_FOCUS):
                return
        raise AssertionError(f"Tab never comes to {target}.")

    def open(self, target: Locator) -> None:
        """Go to a link or a button and press Enter."""
        self.go_to(target)
        self.press("Enter")
