"""The whole way in a real browser: each party with its own window, real mails, a real runner and a real Prefect."""
