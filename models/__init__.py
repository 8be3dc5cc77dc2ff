"""The domain: tables, rules and the process. Imports nothing else of ours."""
