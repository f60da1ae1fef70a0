"""What the desk's templates may say: numbers, days, addresses and drawn marks."""
