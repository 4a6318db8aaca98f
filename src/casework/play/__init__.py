"""Playing a scenario: attempts, what they look like, and statements about all of them. Pure."""
