"""Pure rules of a study's life and of rights: dataclasses in, decision out. No clock, no ORM."""
