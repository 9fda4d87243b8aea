"""What the payment provider tells of cards, and what is asked of it again: each is heard once, whenever it comes."""
