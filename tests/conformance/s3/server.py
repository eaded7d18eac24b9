"""A service with the S3 interface on loopback, for s3.py: moto, and gates before it that count requests and make faults.

Moto keeps the objects. A gate checks each signature with botocore's own signer, as a service at large does, then sends the
request on; a case can tell its gate to answer with an error, to cut a connection, or to hold requests back.
"""

import hashlib
import http.client
import http.server
import logging
import os
import re
import socket
import struct
import threading
import urllib.parse

import boto3
import botocore.config
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.server import ThreadedMotoServer

KEY, SECRET, REGION = "AKIDEXAMPLE0LOOPBACK", "secret/of+the+loopback+service0000000000", "eu-west-1"

# What a gate can be told to do with a request; a number is a status to answer with.
CUT_REQUEST, CUT_ANSWER, RESET, HOLD = "cut request", "cut answer", "reset", "hold"

CODES = {400: "InvalidRequest", 403: "AccessDenied", 500: "InternalError", 503: "SlowDown"}

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})"
)


class Service:
    """Moto with its buckets, and a client that reaches it past every gate."""

    def __init__(self):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.moto.start()
        self.address = self.moto.get_host_and_port()
        self.client = boto3.client(
            "s3", endpoint_url="http://{}:{}".format(*self.address), region_name=REGION, aws_access_key_id=KEY,
            aws_secret_access_key=SECRET, config=botocore.config.Config(s3={"addressing_style": "path"}, max_pool_connections=32),
        )

    def read(self, bucket, key):
        """The bytes of an object."""
        return self.ask("GET", bucket, key)

    def copy(self, source, bucket, key):
        """Copies an object from another bucket, with its headers."""
        self.ask("PUT", bucket, key, {"x-amz-copy-source": urllib.parse.quote(f"{source}/{key}")})

    def ask(self, method, bucket, key, headers=None):
        """Asks without the client, which takes many times as long."""
        connection = http.client.HTTPConnection(*self.address, timeout=30)
        # Moto hides objects from requests without the header, and takes any signature.
        scope = f"AWS4-HMAC-SHA256 Credential={KEY}/20250101/{REGION}/s3/aws4_request"
        connection.request(method, urllib.parse.quote(f"/{bucket}/{key}"), headers={"Authorization": scope, **(headers or {})})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise OSError(f"{bucket}/{key} was answered with {answer.status}")
        return body

    def stop(self):
        self.moto.stop()


class Request:
    """A request as a gate saw it."""

    def __init__(self, method, target, headers):
        split = urllib.parse.urlsplit(target)
        self.method, self.path, self.query = method, split.path, split.query
        _, self.bucket, *rest = urllib.parse.unquote(split.path).split("/", 2)
        self.key = "".join(rest)
        self.faulted = False
        if method in ("GET", "HEAD"):
            self.kind = "read" if self.key else "list"
        elif method == "PUT":
            self.kind = "copy" if headers["x-amz-copy-source"] else "put"
        else:
            self.kind = "delete"

    @property
    def writes(self):
        return self.kind in ("put", "copy", "delete")

    @property
    def waits(self):
        """Whether it sends a file to where files wait."""
        return self.kind == "put" and ".flashpoint-new/" in self.key and "/probe-" not in self.key

    def __repr__(self):
        return f"{self.kind} {self.key}"


class Gate(http.server.ThreadingHTTPServer):
    """Stands before the service. `fault` says what is done with a request; it is asked for one request at a time."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, service):
        super().__init__(("127.0.0.1", 0), Handler)
        self.service, self.lock = service, threading.Lock()
        self.requests, self.held, self.opened = [], threading.Semaphore(0), threading.Event()
        self.fault = None
        self.let_go = True
        # Whether the service does without conditions, as older ones do.
        self.ignores_conditions = False
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def told(self, request):
        with self.lock:
            self.requests.append(request)
            fault = self.fault(request) if self.fault else None
            request.faulted = fault not in (None, HOLD)
            return fault

    def take(self):
        """The requests since the last time, oldest first."""
        with self.lock:
            requests, self.requests = self.requests, []
            return requests

    def handle_error(self, request, client_address):
        pass  # A client that is killed leaves its connections broken.


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle_any(self):
        gate = self.server
        request = Request(self.command, self.path, self.headers)
        fault = gate.told(request)
        length = int(self.headers.get("Content-Length") or 0)
        if fault == CUT_REQUEST:
            self.rfile.read(length // 2)
            return self.cut()
        body = self.rfile.read(length)
        if len(body) < length:
            return self.cut()
        if fault == RESET:
            return self.cut(reset=True)
        if fault == HOLD:
            gate.held.release()
            gate.opened.wait(60)
            if not gate.let_go:
                return self.cut()
        if isinstance(fault, int):
            return self.refuse(fault, CODES[fault])
        if code := wrong(self.command, request, self.headers, body):
            return self.refuse(403, code)
        status, headers, answer = self.forward(body)
        if fault == CUT_ANSWER and not answer:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Le")
            return self.cut()
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer if fault != CUT_ANSWER else answer[: len(answer) // 2])
        if fault == CUT_ANSWER:
            self.cut()

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any

    def forward(self, body):
        """What the service answers: status, headers, body."""
        connection = http.client.HTTPConnection(*self.server.service.address, timeout=30)
        headers = dict(self.headers)
        if self.server.ignores_conditions:
            headers = {name: value for name, value in headers.items() if name.lower() not in ("if-match", "if-none-match")}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        hop = ("connection", "transfer-encoding", "keep-alive", "content-length")
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in hop]
        size = answer.getheader("Content-Length", "0") if self.command == "HEAD" else str(len(content))
        return answer.status, [*headers, ("Content-Length", size)], content

    def refuse(self, status, code):
        answer = f"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>As the test wants it</Message></Error>".encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer if self.command != "HEAD" else b"")

    def cut(self, reset=False):
        """Ends the connection where it is: in order, or as a machine does that lost it."""
        self.close_connection = True
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())

    def log_message(self, *_):
        pass


def wrong(method, request, headers, body):
    """The code of the error with which a service refuses a request's signature; none where it is right.

    Path and query are encoded as the signature's rules want it (AWS Signature Version 4, UriEncode), however they were sent.
    """
    parts = AUTHORIZATION.fullmatch(headers["Authorization"] or "")
    if not parts:
        return "MissingSecurityHeader"
    key, region, signed, signature = parts.groups()
    if key != KEY:
        return "InvalidAccessKeyId"
    names = signed.split(";")
    if any(name.lower().startswith("x-amz-") and name.lower() not in names for name in headers):
        return "AccessDenied"
    digest = headers["x-amz-content-sha256"]
    if digest not in ("UNSIGNED-PAYLOAD", hashlib.sha256(body).hexdigest()):
        return "XAmzContentSHA256Mismatch"
    path = urllib.parse.quote(urllib.parse.unquote(request.path), safe="/-_.~")
    # In a query services read `+` as a blank.
    query = urllib.parse.urlencode(urllib.parse.parse_qsl(request.query, keep_blank_values=True), quote_via=urllib.parse.quote, safe="-_.~")
    url = f"http://{headers['Host']}{path}?{query}"
    copy = AWSRequest(method=method, url=url, headers={name: headers[name] for name in names})
    copy.context["timestamp"] = headers["x-amz-date"]
    signer = S3SigV4Auth(Credentials(KEY, SECRET), "s3", region)
    right = signer.signature(signer.string_to_sign(copy, signer.canonical_request(copy)), copy)
    return None if signature == right else "SignatureDoesNotMatch"
