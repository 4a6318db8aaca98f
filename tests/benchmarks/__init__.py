"""What casework costs beside plain Voilà, on the same machine and in the same minute: `make bench`."""
