"""Markdown to safe HTML."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from runbook.procedure.markup import details_html, plain_text, render
from runbook.procedure.model import Procedure
from runbook.procedure.weight import is_too_heavy

Parse = Callable[[str], Procedure]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("~~a~~ <kbd>F1</kbd>", "<p><del>a</del> <kbd>F1</kbd></p>"),
        ("[a](https://b.c)", '<p><a href="https://b.c">a</a></p>'),
        ("https://b.c.", '<p><a href="https://b.c">https://b.c</a>.</p>'),
        ("[a](#b)", '<p><a href="rb-go:#b">a</a></p>'),
        ("[a](fire.md#b)", '<p><a href="rb-go:fire.md#b">a</a></p>'),
        ("[a](javascript:x)", "<p><a>a</a></p>"),
        ("[a](http://b.c)", "<p><a>a</a></p>"),
        ("[a](file:///etc/passwd)", "<p><a>a</a></p>"),
        ("[a](../x.md)", '<p><a href="rb-go:../x.md">a</a></p>'),
        ("[a](/etc/x.md)", "<p><a>a</a></p>"),
        ("![a](https://b.c/d.png)", "<p>[a]</p>"),
        ("![a](images/d.png)", "<p>[a]</p>"),
        ("Log in to <host name>", "<p>Log in to &lt;host name&gt;</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("### A {b}", "<h3>A {b}</h3>"),
        ("", ""),
    ],
)
def test_fragments(text: str, page: str) -> None:
    """What GitHub shows, without what could harm."""
    assert render(text) == page


def test_pictures_get_the_callers_name() -> None:
    """Only `images/NAME` is asked for, and only a known one is shown."""
    asked: list[str] = []

    def images(name: str) -> str | None:
        asked.append(name)
        return "abc123" if name == "a.png" else None

    page = render("![A](images/a.png) ![B](images/b.png) ![C](images/../c.png)", images=images)
    assert page == '<p><img alt="A" src="rb:abc123"> [B] [C]</p>'
    assert asked == ["a.png", "b.png"]


def test_values_are_words() -> None:
    """Markup in a value is shown, in text and in commands."""
    page = render("{{v}} `{{v}}` {{gone}}", values={"v": "<b>*x*</b> a_b"})
    shown = "&lt;b&gt;*x*&lt;/b&gt; a_b"
    assert page == f"<p>{shown} <code>{shown}</code> {{{{gone}}}}</p>"


DETAILS = {
    "nesting": (
        "- [ ] a\n  - b\n    - c\n      - d\n  - e\n",
        "<ul><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li><li>e</li></ul>",
    ),
    "list below text": (
        "- [ ] a\n\n  Do this:\n  1) b\n  2) c\n",
        "<p>Do this:</p><ol><li>b</li><li>c</li></ol>",
    ),
    "code in a bullet": (
        "- [ ] a\n  - b\n    ```sh\n    x <y>\n\n    z\n    ```\n",
        "<ul><li>b<pre><code>x &lt;y&gt;z</code></pre></li></ul>",
    ),
    "code": ("- [ ] a\n\n  ```\n  <x>\n  ```\n", "<pre><code>&lt;x&gt;</code></pre>"),
    "hash": ("- [ ] a\n\n  #12 is it\n", "<p>#12 is it</p>"),
    "two lists": ("- [ ] a\n\n  - b\n  * c\n", "<ul><li>b</li></ul><ul><li>c</li></ul>"),
    "start": ("- [ ] a\n\n  7. b\n", '<ol start="7"><li>b</li></ol>'),
    "table": (
        "- [ ] a\n\n  | x | y |\n  |---|---|\n  | 1 | `a\\|b` |\n",
        (
            "<table><thead><tr><th>x</th><th>y</th></tr></thead>"
            "<tbody><tr><td>1</td><td><code>a|b</code></td></tr></tbody></table>"
        ),
    ),
    "quote": ("- [ ] a\n\n  > b\n", "<blockquote><p>b</p></blockquote>"),
    "details": (
        "- [ ] a\n\n  <details>\n  <summary>S</summary>\n\n  b\n\n  </details>\n",
        "<p><strong>S</strong></p><p>b</p>",
    ),
    "comment": ("- [ ] a\n\n  <!-- no -->\n\n  b\n", "<p>b</p>"),
}


@pytest.mark.parametrize("case", DETAILS, ids=list(DETAILS))
def test_details_look_as_on_github(strict: Parse, case: str) -> None:
    """Where Python-Markdown alone reads structure differently, normalising makes it agree."""
    text, page = DETAILS[case]
    shown = details_html(strict(text).steps[0])
    assert re.sub(r"\n\s*", "", shown) == page


HEAVY = {
    "size": "a " * 600_000,
    "brackets": "[" * 5_000,
    "line": "word " * 10_000,
    "lists": "\n".join("    " * n + "- x" for n in range(20)),
    "quotes": "> " * 40 + "x",
}


@pytest.mark.parametrize("case", HEAVY, ids=list(HEAVY))
def test_heavy_text_is_shown_as_it_is(case: str) -> None:
    """At once and escaped."""
    assert is_too_heavy(HEAVY[case])
    assert render(HEAVY[case] + "<b>").startswith("<pre>")


@pytest.mark.parametrize("text", ["[" * 399, "[a](" * 399, "![a" * 399, "**a" * 900, "|a" * 9000])
def test_what_is_not_heavy_is_quick(text: str) -> None:
    """The limits keep rendering under a moment (the bound is generous)."""
    start = time.process_time()
    render(text)
    assert time.process_time() - start < 3


def test_plain_text_has_no_markup() -> None:
    """A line for each paragraph or item."""
    assert plain_text("a *b*\n\n- [c](d)\n- `e`\n\n1. f\n") == "a b\nc\ne\n1. f"
