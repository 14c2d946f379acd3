"""One call with the official SDK: body as JSON on stdin, outcome as JSON on stdout."""

import json
import os
import sys

import anthropic

BETAS = ["context-management-2025-06-27"]


def text_of(message):
    return "".join(block.text for block in message.content if block.type == "text")


def create(messages, body):
    return {"text": text_of(messages.create(**body))}


def stream(messages, body):
    with messages.stream(**body) as events:
        text = "".join(events.text_stream)
        assert text == text_of(events.get_final_message())
    return {"text": text}


def count(messages, body):
    body.pop("max_tokens", None)
    return {"inputTokens": messages.count_tokens(**body).input_tokens}


def call(operation, client, body):
    kind = operation.removeprefix("beta-")
    if kind == operation:
        messages = client.messages
    else:
        messages = client.beta.messages
        body["betas"] = BETAS
    return {"create": create, "stream": stream, "count": count}[kind](messages, body)


def failure(error):
    return {
        "error": {
            "name": type(error).__name__,
            "status": error.status_code,
            "type": getattr(error, "type", None),
            "requestId": error.request_id,
            "body": error.body,
        }
    }


def main():
    operation, base_url = sys.argv[1:]
    client = anthropic.Anthropic(base_url=base_url, api_key=os.environ["PHIGATE_TEST_KEY"])
    try:
        outcome = call(operation, client, json.load(sys.stdin))
    except anthropic.APIStatusError as error:
        outcome = failure(error)
    json.dump(outcome, sys.stdout)


main()
