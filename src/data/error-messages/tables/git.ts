import type { MessageTable } from '../types.js';

export const git: MessageTable = {
  from: 'git',
  layer: 'program',
  source: 'git 2.39 connect.c, remote-curl.c, http.c (measured); texts of GitHub and GitLab servers after "remote:"',
  messages: {
    'name-unresolved': ['fatal: unable to look up {host} (port {port})', 'fatal: Unable to look up {host}'],
    'service-login': [
      'fatal: Authentication failed for {url}',
      'remote: Invalid username or password',
      'Support for password authentication was removed',
      'remote: HTTP Basic: Access denied',
      'fatal: could not read Username for {url}',
      'fatal: could not read Password for {url}',
      'remote: Permission to {any} denied to',
      'remote: Invalid username or token',
    ],
    'service-nothing-there': [
      'remote: Repository not found',
      'fatal: repository {url} not found',
      'ERROR: Repository not found',
      'does not appear to be a git repository',
      'remote: The project you were looking for could not be found',
      'remote: Not Found',
    ],
    'service-other-protocol': [
      'fatal: protocol error: bad line length character',
      'not valid: is this a git repository?',
      'fatal: unable to update url base from redirection',
    ],
    'cert-untrusted': ['server certificate verification failed. CAfile:', 'server certificate verification failed'],
    'cert-store-missing': ['error setting certificate verify locations: CAfile', 'unable to load CA file'],
    'answer-cut': [
      'fetch-pack: unexpected disconnect while reading sideband packet',
      'fatal: early EOF',
      'unexpected disconnect while reading sideband packet',
    ],
    'service-lost': ['The remote end hung up upon initial contact'],
    'http2-error': ['RPC failed; curl 92', 'RPC failed; curl 16'],
    reset: ['RPC failed; curl 56'],
    'timed-out': ['RPC failed; curl 28'],
    'tls-failed': ['RPC failed; curl 35'],
  },
  vague: {
    'service-lost': ['the remote end hung up unexpectedly'],
    'service-unspecified': [
      'fatal: Could not read from remote repository',
      'fatal: unable to access {url}',
      'Please make sure you have the correct access rights',
    ],
    'answer-cut': ['error: RPC failed', 'error: RPC failed; HTTP {number}'],
  },
  marks: [
    'fatal: unable to access {url}:',
    'fatal: unable to connect to {host}:',
    'fatal: unable to connect a socket',
    'Cloning into',
    'fatal: unable to connect to {host}',
    'git clone {url}',
    'git@{host}:',
  ],
};
