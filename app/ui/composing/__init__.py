"""What the user writes next: text, attachments, and whether it fits."""
