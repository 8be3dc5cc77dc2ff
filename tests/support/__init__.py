"""What tests stand on: real servers for database, mail and pages, and the rules that hold for every test."""
