"""What is put down so that nobody can deny it later: the ledger, its tree, and signatures."""
