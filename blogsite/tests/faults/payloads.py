"""What attackers type where a name, an address or a header is expected."""

from posts.tests.test_rendering_hostile import CORPUS

BODIES = CORPUS

MARKUP = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover=alert(1) autofocus onfocus=alert(1) x='",
    '" onfocus="alert(1)" autofocus x="',
    "--><svg onload=alert(1)>",
    "]]><script>alert(1)</script>",
    "</article></section><form action=https://evil.example/><input name=q><button>x",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import 'https://evil.example/x.css';*{display:none}</style>",
    "<a href=javascript:alert(1)>x",
    "javascript:alert(1)",
    "{{ request.user }}{% load static %}{{ settings.SECRET_KEY }}",
    "${alert(1)}`${alert(1)}`",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\u202egro.elpmaxe\u202c<b>",
    "\ufeff\u2028alert(1)\u2029",
    "=cmd|' /C calc'!A1",
    "%0d%0aSet-Cookie:%20a=b",
    "Ada\r\nBcc: eve@example.org",
    "<!--",
    "]]>",
    "</script",
    "'",
    '"',
    "`",
    "\\",
]

SITES = [f"https://example.org/{text}" for text in MARKUP] + [
    "javascript:alert(1)",
    "JaVaScRiPt://example.org/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://example.org/?a=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&b='\"",
    "https://user:pass@example.org/#'onclick=alert(1)",
    "//evil.example/",
    "https://[::1]/<img>",
    "http://example.org/é/\u202e/x",
]

EMAILS = [
    '"<script>alert(1)</script>"@example.org',
    "'><img/src/onerror=alert(1)>@example.org",
    "ada@example.org\r\nBcc: eve@example.org",
    "ada@example.org, eve@example.org",
    "ada+<b>@example.org",
    "{{7*7}}@example.org",
    "`$(id)`@example.org",
    "'or'1'='1@example.org",
]

# Parts of an address: tokens, numbers of pages, keys of comments.
TOKENS = ["1", "1.2.3", ":", "x" * 3000, "\0", "é", *MARKUP]
