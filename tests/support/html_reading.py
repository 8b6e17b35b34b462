"""HTML files read back: what stands in them, and what may not."""

import re
from html.parser import HTMLParser

VOID = {"col", "meta", "br", "hr", "img", "input", "link", "line", "rect"}


class Read(HTMLParser):
    """What stands in a page: its elements with their attributes, and its words."""

    def __init__(self, source):
        super().__init__()
        self.elements, self.words, self.open = [], [], []
        self.feed(source)
        self.close()
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    def all(self, name):
        return [attributes for tag, attributes in self.elements if tag == name]


def faults(source):
    """Return what a page may not have: anything that runs, or that asks for another file."""
    read, found = Read(source), []
    for tag, attributes in read.elements:
        if tag in {"script", "iframe", "object", "embed", "link", "img", "base", "form"}:
            found.append(f"<{tag}>")
        for name in attributes:
            if name.startswith("on") or name in {"src", "srcset", "href", "action", "style"}:
                found.append(name)
    return found + re.findall(r"url\(|@import|javascript:", re.sub(r"#import|#read", "", source))
