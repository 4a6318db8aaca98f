"""What an author writes, and how it becomes a `Scenario`: notation, compiler, remarks, repair."""
