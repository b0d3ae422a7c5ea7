"""How the report's figures hang together: what an attacker reads each of them as."""
