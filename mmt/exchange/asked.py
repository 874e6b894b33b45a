"""The words of what was asked, for programs that show them."""

from mmt.model.protocol import Protocol
from mmt.model.visit import Topic


def asked(protocol: Protocol, topic: Topic, question: str) -> str:
    """The words of a question, as far as the protocol has it."""
    if topic == "safety" and question in protocol.safety_questions:
        return protocol.safety_questions[question].ask
    if topic == "story" and question in protocol.story:
        return protocol.story[question].ask
    if topic == "precautions" and question in protocol.precautions:
        return protocol.precautions[question].name
    if topic == "home" and question in protocol.stretches:
        return f"At home: {protocol.stretches[question].name}"
    return ""
