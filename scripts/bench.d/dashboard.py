"""Open dashboards: dashboard.py PORT PID COUNT SECONDS prints what they cost the relay."""

import http.client
import os
import random
import sys
import threading
import time

PORT, PID, COUNT, SECONDS = (int(word) for word in sys.argv[1:5])
WARM_SECONDS = int(os.environ.get("WARM_SECONDS", "15"))

# What the overview and the footer ask for by the clock, in seconds.
ASKED = {
    "/api/status": 3,
    "/api/usage?by=model&since=today": 60,
    "/api/hardware": 15,
    "/api/health/system": 30,
}
told = []
lock = threading.Lock()


def ticks():
    with open(f"/proc/{PID}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(") ", 1)[1].split(" ")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def follow():
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    connection.request("GET", "/api/events")
    for line in connection.getresponse():
        if b'"config.' in line or b'"key.' in line:
            with lock:
                told.append(time.monotonic())


def ask(path, every):
    time.sleep(random.random() * every)
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    while True:
        connection.request("GET", path)
        connection.getresponse().read()
        time.sleep(every)


def key_made():
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    body = '{"name":"bench","scope":"admin"}'
    connection.request("POST", "/api/keys", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    if answer.status != 201:
        sys.exit(f"the key that makes an event was answered {answer.status}")


for _ in range(COUNT):
    threading.Thread(target=follow, daemon=True).start()
    for path, every in ASKED.items():
        threading.Thread(target=ask, args=(path, every), daemon=True).start()
time.sleep(WARM_SECONDS)
before = ticks()
time.sleep(SECONDS)
print(f"{COUNT} dashboards at rest: {(ticks() - before) / SECONDS * 100:.1f} % of a core")
start = time.monotonic()
key_made()
while len(told) < COUNT and time.monotonic() - start < 5:
    time.sleep(0.005)
print(f"an event was told to {len(told)} of them, the last after {(max(told, default=start) - start) * 1000:.0f} ms")
