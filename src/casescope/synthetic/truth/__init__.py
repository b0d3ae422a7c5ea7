"""What is true of the pretend county, reckoned from the lives by the definitions.

Plain loops over facts in memory: neither the written files nor the product's SQL are used.
"""
