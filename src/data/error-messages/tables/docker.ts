import type { MessageTable } from '../types.js';

export const docker: MessageTable = {
  from: 'docker',
  layer: 'program',
  source: 'Docker 20 to 28: docker/cli, moby client/errors.go, libnetwork, distribution error codes; BuildKit',
  messages: {
    'daemon-not-running': [
      'Cannot connect to the Docker daemon at {url}. Is the docker daemon running?',
      'Cannot connect to the Docker daemon. Is the docker daemon running on this host?',
      'failed to connect to the docker API at {url}',
      'open //./pipe/docker_engine: The system cannot find the file specified',
      'open //./pipe/dockerDesktopLinuxEngine: The system cannot find the file specified',
      'Is the docker daemon running?',
    ],
    'socket-file-forbidden': [
      'permission denied while trying to connect to the Docker daemon socket at {url}',
      'permission denied while trying to connect to the docker API at {url}',
      'Got permission denied while trying to connect to the Docker daemon socket at {url}',
      'dial unix {path}: connect: permission denied',
    ],
    'http-rate': [
      'toomanyrequests: You have reached your',
      'You have reached your pull rate limit',
      'You have reached your unauthenticated pull rate limit',
      'toomanyrequests:',
    ],
    'http-login': [
      'unauthorized: authentication required',
      'unauthorized: incorrect username or password',
      'no basic auth credentials',
      'denied: requested access to the resource is denied',
      'pull access denied for {any}',
      'failed to authorize:',
    ],
    'service-nothing-there': [
      'manifest unknown',
      'manifest for {any} not found',
      'name unknown: repository',
      'repository does not exist or may require',
    ],
    'connect-timeout': [
      'request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    ],
    'plain-to-tls': ['Client sent an HTTP request to an HTTPS server'],
    'port-taken': ['port is already allocated', 'Ports are not available: exposing port TCP'],
    'http-unavailable': ['received unexpected HTTP status: 503 Service Unavailable'],
    'http-gateway': ['received unexpected HTTP status: 502 Bad Gateway'],
    'http-server-error': ['received unexpected HTTP status: 500 Internal Server Error'],
    'http-gateway-timeout': [
      'received unexpected HTTP status: 504 Gateway Time-out',
      'received unexpected HTTP status: 504 Gateway Timeout',
    ],
  },
  vague: { 'service-unspecified': ['driver failed programming external connectivity on endpoint'] },
  marks: [
    'Error response from daemon:',
    'docker: Error response from daemon',
    'error during connect:',
    'docker:',
    'failed to do request: Head {url}:',
    'failed to solve:',
    'docker compose',
    'docker pull',
    'docker build',
    'ERROR: failed to solve',
    'Error response from daemon: Get {url}:',
    'docker run',
  ],
};

export const kubectl: MessageTable = {
  from: 'kubectl',
  layer: 'program',
  source:
    'Kubernetes client-go and kubectl (k8s.io/kubectl/pkg/cmd/util/helpers.go); kube-proxy and API server answers',
  port: 6443,
  messages: {
    refused: ['The connection to the server {endpoint} was refused - did you specify the right host or port?'],
    'service-without-backend': ['no endpoints available for service', 'no endpoints available'],
    'http-login': ['You must be logged in to the server', 'error: You must be logged in to the server (Unauthorized)'],
    'http-forbidden': ['Error from server (Forbidden)'],
    'http-unavailable': [
      'Error from server (ServiceUnavailable)',
      'the server is currently unable to handle the request',
    ],
    'cert-untrusted': [
      'Unable to connect to the server: x509: certificate signed by unknown authority',
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    'cert-date': ['Unable to connect to the server: x509: certificate has expired or is not yet valid'],
    'tls-timeout': ['Unable to connect to the server: net/http: TLS handshake timeout'],
  },
  marks: [
    'Unable to connect to the server:',
    "couldn't get current server API group list:",
    'kubectl',
    'memcache.go:',
    'Error from server',
  ],
};
