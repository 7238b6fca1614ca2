"""A model for scripts/bench agent: calls a tool as often as the task says, then answers.

Arguments are a port and a file, which gets a line for each request: when, how many answers the turn has so
far, and the memory in MB of the process whose id is in the file `pid` beside it.
"""

import http.server
import json
import pathlib
import re
import sys
import time

LOG = pathlib.Path(sys.argv[2])


def memory():
    try:
        status = pathlib.Path("/proc", LOG.with_name("pid").read_text().strip(), "status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024
    except (OSError, AttributeError):
        return 0


def call(step, shell):
    arguments = {"command": "true"} if shell else {"path": "numbers.txt", "offset": step % 900 + 1, "limit": 5}
    function = {"name": "shell" if shell else "read", "arguments": json.dumps(arguments)}
    return {"tool_calls": [{"index": 0, "id": f"call_{step}", "type": "function", "function": function}]}


class Model(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        at = time.time()
        messages = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["messages"]
        last = max(i for i, each in enumerate(messages) if each["role"] == "user")
        step = sum(each["role"] == "assistant" for each in messages[last:])
        task = json.dumps(messages[last]["content"])
        with LOG.open("a") as log:
            log.write(f"asked {at:.6f} {step} {memory()}\n")
        more = step < int(re.search(r"turns=(\d+)", task).group(1))
        delta = call(step, "shell" in task) if more else {"content": "done"}
        ends = [
            {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]},
            {
                "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls" if more else "stop"}],
                "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
            },
        ]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for each in ends:
            self.wfile.write(b"data: " + json.dumps(each | {"id": "c", "model": "m"}).encode() + b"\n\n")
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Model)
LOG.write_text("ready\n")
server.serve_forever()
