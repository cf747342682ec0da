"""The command palette: finds actions, chats and models by a few letters. May import what app/ui may."""
