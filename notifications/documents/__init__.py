"""The formal documents Kyodo issues, as HTML for the PDF engine: each a frozen dataclass, a function and a template."""
