"""A service's counters for Prometheus, whose numbers depend on nothing but the look that they are for.

exporter.py PORT ZERO INTERVAL: look n is due at ZERO + n * INTERVAL (seconds since 1970); its numbers stand from half an
interval before to half an interval after, so that it does not matter when exactly somebody scrapes and looks.
"""
import http.server
import random
import sys
import time

PORT, ZERO, INTERVAL = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
REQUESTS = {"baseline": 9000, "canary": 1000}
ERRORS = {"sick": {"baseline": 0.02, "canary": 0.15}, "healthy": {"baseline": 0.05, "canary": 0.05}}


def page(look):
    lines = []
    for service, shares in ERRORS.items():
        for track, share in shares.items():
            chance = random.Random(f"{service} {track} {look}")
            errors = sum(chance.random() < share for _ in range(REQUESTS[track]))
            lines.append(f'demo_errors{{app="{service}",track="{track}"}} {errors}')
            lines.append(f'demo_requests{{app="{service}",track="{track}"}} {REQUESTS[track]}')
            lines.append(f'demo_latency{{app="{service}",track="{track}"}} {share * chance.uniform(0.9, 1.1)}')
    return "\n".join(lines) + "\n"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = page(int((time.time() - ZERO) / INTERVAL + 0.5)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
