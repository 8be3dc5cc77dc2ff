"""The tests, one folder per package they prove; a package itself, so that no folder shadows the package it mirrors."""
