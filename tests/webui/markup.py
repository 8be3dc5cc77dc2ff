"""What is wrong with a page's HTML for those who do not see it, or for a browser with our content policy."""

import warnings
from collections import Counter
from xml.etree.ElementTree import Element

import tinyhtml5

REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls")
CONTROLS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button"}


def parsed(html: str) -> Element:
    """The page as a browser reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        tree: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return tree


def text_of(element: Element) -> str:
    """The words in an element, as they are read."""
    return " ".join("".join(element.itertext()).split())


def faults(html: str) -> list[str]:
    """A sentence for everything wrong with this page."""
    page = parsed(html)
    return [*_structure(page), *_references(page), *_controls(page), *_policy(page)]


def _structure(page: Element) -> list[str]:
    found = []
    if page.get("lang") not in ("ja", "en"):
        found.append("<html> does not say its language.")
    title = page.find(".//title")
    if title is None or text_of(title).startswith("｜"):
        found.append("The page has no title of its own.")
    headings = [e for e in page.iter() if e.tag in ("h1", "h2", "h3", "h4")]
    if sum(e.tag == "h1" for e in headings) != 1:
        found.append("A page has one <h1>.")
    for element in headings + list(page.iter("button")) + list(page.iter("a")):
        if not text_of(element) and element.get("aria-label") is None:
            found.append(f"A <{element.tag}> has no words.")
    found.extend("A form stands within a form." for form in page.iter("form") if form.find(".//form") is not None)
    return found


def _references(page: Element) -> list[str]:
    ids = Counter(e.get("id") for e in page.iter() if e.get("id"))
    found = [f"The id {name!r} is there {count} times." for name, count in ids.items() if count > 1]
    for element in page.iter():
        for attribute in REFERENCES:
            found.extend(
                f"{attribute} names {name!r}, which is not on the page."
                for name in (element.get(attribute) or "").split()
                if name not in ids
            )
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and target[1:] not in ids:
            found.append(f"A link leads to {target}, which is not on the page.")
        if element.tag == "label" and element.get("for") not in ids:
            found.append(f"The label {text_of(element)!r} belongs to no field.")
    return found


def _controls(page: Element) -> list[str]:
    labelled = {label.get("for") for label in page.iter("label")}
    return [
        f"The field {control.get('name')!r} has no label."
        for control in page.iter()
        if control.tag in CONTROLS
        and control.get("type") not in UNLABELLED
        and control.get("id") not in labelled
        and control.get("aria-label") is None
    ]


def _policy(page: Element) -> list[str]:
    found = []
    for element in page.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            found.append(f"An inline <{element.tag}> is refused by the content policy.")
        found.extend(
            f"<{element.tag} {name}> is refused by the content policy."
            for name in element.attrib
            if name == "style" or name.startswith("on")
        )
    return found
