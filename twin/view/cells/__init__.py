"""Robot cells as an engineer sees them: an arm's transfers as a film, their figures, their page."""
