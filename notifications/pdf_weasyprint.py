"""The second PDF engine, run as a program: an order comes in as JSON, a tagged PDF goes out.

Started by `notifications.pdf` in an isolated interpreter, so it imports nothing of the house.
"""

import json
import logging
import sys

EXIT_WITHOUT_LIBRARIES = 3

PAGE = """
@page {{
  size: A4;
  margin: {margin};
  @bottom-center {{
    content: counter(page) " / " counter(pages);
    font: 9pt "BIZ UDGothic", "IPAGothic", sans-serif;
  }}
}}
"""


def main() -> int:
    """Read {"html", "title", "margin"}, write the PDF; returns the exit code."""
    order = json.load(sys.stdin)
    try:
        from weasyprint import CSS, HTML  # here, because it loads Pango, which may be missing
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        sys.stderr.write(str(error))
        return EXIT_WITHOUT_LIBRARIES
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    only_inlined = URLFetcher(allowed_protocols={"data"})
    page = CSS(string=PAGE.format(margin=order["margin"]), url_fetcher=only_inlined)
    document = HTML(string=order["html"], url_fetcher=only_inlined).render(stylesheets=[page])
    document.metadata.title = order["title"]
    document.metadata.lang = document.metadata.lang or "ja"
    sys.stdout.buffer.write(document.write_pdf(pdf_variant="pdf/ua-1"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
