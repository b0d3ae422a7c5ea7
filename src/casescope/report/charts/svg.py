"""Cleans what matplotlib writes into SVG that can stand inside a page.

Ids get the chart's own prefix (a page holds many charts); inline styles become attributes (the page
forbids inline styles); inks get class names, so that the style sheet can recolour them for dark
paper; fonts come from the page.
"""

import re
from xml.etree import ElementTree as Xml

from casescope.report.charts.palette import CLASS

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NOISE = {"metadata", "style"}


def clean(text: str, prefix: str, css_class: str) -> str:
    """Return one `<svg>` element, ready to be put inside a page; `prefix` is unique there."""
    root = Xml.fromstring(text)  # noqa: S314 — our own drawing, made a moment ago
    for parent in list(root.iter()):
        for child in [c for c in parent if _local(c.tag) in _NOISE]:
            parent.remove(child)
    used = _referenced(root)
    for element in root.iter():
        _clean_element(element, used, prefix)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("class", css_class)
    root.set("preserveAspectRatio", "xMinYMin meet")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return _written(root)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _referenced(root: Xml.Element) -> set[str]:
    used: set[str] = set()
    for element in root.iter():
        for value in element.attrib.values():
            used.update(_REFERENCE.findall(value))
        if href := element.get(f"{{{XLINK}}}href"):
            used.add(href.removeprefix("#"))
    return used


def _clean_element(element: Xml.Element, used: set[str], prefix: str) -> None:
    if href := element.attrib.pop(f"{{{XLINK}}}href", None):
        element.set("href", f"#{prefix}-{href.removeprefix('#')}")
    own = element.attrib.pop("id", None)
    if own in used:
        element.set("id", f"{prefix}-{own}")
    for name, value in list(element.attrib.items()):
        element.set(name, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))
    if d := element.get("d"):
        element.set("d", " ".join(d.split()))
    if element.get("transform", "").startswith("rotate(-0 "):
        element.attrib.pop("transform")
    _unstyle(element)


def _unstyle(element: Xml.Element) -> None:
    style = element.attrib.pop("style", "")
    pairs = dict(part.split(":", 1) for part in style.split(";") if ":" in part)
    rules = {name.strip(): value.strip() for name, value in pairs.items()}
    rules.pop("font-family", None)
    for name, value in rules.items():
        element.set(name, value)
    inks = [f"{name[0]}-{CLASS[rules[name]]}" for name in ("fill", "stroke")
            if rules.get(name) in CLASS]  # fmt: skip
    if _local(element.tag) == "text" and "fill" not in rules:
        inks.append("f-ink")
    if inks:
        element.set("class", " ".join(inks))


def _written(root: Xml.Element) -> str:
    for element in root.iter():
        element.tag = _local(element.tag)
        if not (element.text or "").strip():
            element.text = None
        element.tail = None
    return Xml.tostring(root, encoding="unicode", short_empty_elements=False)
