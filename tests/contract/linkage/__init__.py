"""How well women are linked: against the pretend county's truth, and on files made otherwise."""
