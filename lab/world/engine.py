# engine.py SOCKET ANSWERS: an engine of containers as far as its interface goes: gives what the file holds for each path.
import http.server, json, os, socketserver, sys

answers = json.load(open(sys.argv[2]))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        answer = answers.get(self.path)
        body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(404 if answer is None else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True

    def get_request(self):
        request, _ = super().get_request()
        return request, ('', 0)


server = Server(sys.argv[1], Handler)
os.chmod(sys.argv[1], 0o666)
server.serve_forever()
