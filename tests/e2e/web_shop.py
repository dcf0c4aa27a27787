#!/usr/bin/env python3
"""The server of a web shop whose list of products fails at every third request.

usage: web_shop.py PORT    says `serving` on standard error once it listens
"""

import http.server
import itertools
import sys


class Shop(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    requests = itertools.count(1)

    def do_GET(self):
        fails = self.path == "/api/products" and next(self.requests) % 3 == 0
        body = b"" if fails else b"[]"
        self.send_response(500 if fails else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("", int(sys.argv[1])), Shop)
    print("serving", file=sys.stderr, flush=True)
    server.serve_forever()
