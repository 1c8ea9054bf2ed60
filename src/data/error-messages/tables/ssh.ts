import type { MessageTable } from '../types.js';

export const ssh: MessageTable = {
  from: 'ssh',
  layer: 'program',
  source: 'OpenSSH 9 sshconnect.c, packet.c, clientloop.c, kex.c (measured); scp, sftp and ssh-copy-id print the same',
  port: 22,
  messages: {
    'name-unresolved': ['ssh: Could not resolve hostname {host}: Name or service not known', 'ssh: Could not resolve hostname {host}: nodename nor servname provided, or not known'],
    'not-permitted': ['ssh: connect to host {host} port {port}: Permission denied', 'ssh: connect to host {host} port {port}: Operation not permitted'],
    'service-hung-up': [
      'kex_exchange_identification: Connection closed by remote host', 'kex_exchange_identification: read: Connection reset by peer',
      'kex_exchange_identification: client sent invalid protocol identifier', 'ssh_exchange_identification: Connection closed by remote host',
      'ssh_exchange_identification: read: Connection reset by peer', 'Connection closed by {host} port {port}', 'Connection reset by {host} port {port}',
      'Connection closed by remote host', 'Not allowed at this time',
    ],
    'service-silent': ['Connection timed out during banner exchange', 'Connection to {host} port {port} timed out', 'Timeout before authentication'],
    'service-other-protocol': [
      'kex_exchange_identification: banner line contains invalid characters', 'Invalid SSH identification string', 'Protocol major versions differ',
      'ssh_dispatch_run_fatal: Connection to {host} port {port}: message authentication code incorrect', 'Bad packet length', 'Bad remote protocol version identification',
    ],
    'service-login': [
      'Permission denied (publickey', 'Permission denied (keyboard-interactive', 'Permission denied (password', 'Permission denied (gssapi', 'Permission denied, please try again',
      'git@{host}: Permission denied (publickey', 'Too many authentication failures', 'Received disconnect from {host} port {port}:{number}: Too many authentication failures',
      'no such identity',
    ],
    'service-key-changed': ['REMOTE HOST IDENTIFICATION HAS CHANGED', 'Host key for {host} has changed and you have requested strict checking', 'POSSIBLE DNS SPOOFING DETECTED'],
    'tls-version': [
      'Unable to negotiate with {host} port {port}: no matching {any} found', 'no matching host key type found', 'no matching key exchange method found', 'no matching cipher found', 'no matching MAC found',
    ],
    'service-lost': [
      'client_loop: send disconnect: Broken pipe', 'client_loop: send disconnect: Connection reset', 'packet_write_wait: Connection to {host} port {port}: Broken pipe', 'Connection to {host} closed by remote host',
      'Timeout, server {host} not responding', 'Write failed: Broken pipe', 'packet_write_poll: Connection to {host} port {port}: Broken pipe',
    ],
    'not-network': ['Bad owner or permissions on', 'UNPROTECTED PRIVATE KEY FILE', 'Bad configuration option', 'Load key {any} invalid format'],
    refused: ['channel {number}: open failed: connect failed: Connection refused'],
  },
  vague: {
    'name-unresolved': ['ssh: Could not resolve hostname {host}'],
    'service-key-changed': ['Host key verification failed', 'No {any} host key is known for {host} and you have requested strict checking'],
    'service-unspecified': ['scp: Connection closed', 'lost connection', 'Connection closed.'],
    'connect-failed': ['ssh: connect to host {host} port {port}'],
  },
  marks: ['ssh: connect to host {host} port {port}:', 'ssh: Could not resolve hostname {host}:', 'debug1: Connecting to {host} ({any}) port {port}', 'debug1: Connecting to {host} port {port}'],
};
