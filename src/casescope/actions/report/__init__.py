"""What is told: findings, the report, and what two others let out to the public."""
