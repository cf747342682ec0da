"""A side's chat that can take the history of another one: the question its own, the past the leader's."""

from app.chat.conversation import Conversation
from app.ui.chats.chat_session import ChatSession


class FollowingChat(ChatSession):
    """Shows its own answers; when it follows, the model is given the leader's earlier ones."""

    def __init__(self, leader: ChatSession) -> None:
        super().__init__()
        self._leader = leader
        self.follows = False

    def conversation(self) -> Conversation:
        """The leader's messages up to the question that this chat ends in, or its own."""
        if not self.follows or not self.unanswered:
            return super().conversation()
        questions = sum(message.role == "user" for message in self.messages)
        past = ChatSession()
        for message in self._leader.messages:
            past.add(message)
            questions -= message.role == "user"
            if questions == 0:
                break
        return past.conversation()
