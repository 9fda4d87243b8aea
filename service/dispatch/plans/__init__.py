"""Plans: days computed elsewhere, shown before they are so, and published whole or not at all."""
