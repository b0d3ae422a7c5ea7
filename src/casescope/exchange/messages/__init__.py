"""What passes between the two sides: cards, requests and leases, acknowledgements, receipts."""
