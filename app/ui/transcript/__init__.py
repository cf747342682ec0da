"""What was said, on screen: rows of messages, and what one does with them."""
