"""The list of chats, the chat on screen, and that all of it is kept."""
