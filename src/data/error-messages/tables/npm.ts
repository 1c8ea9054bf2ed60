import type { MessageTable } from '../types.js';

export const npm: MessageTable = {
  from: 'npm',
  layer: 'program',
  source:
    'npm 10 and 11 (lib/utils/error-message.js, npm-registry-fetch), measured; yarn 1 and pnpm print the same codes',
  messages: {
    'http-not-found': ['npm ERR! code E404', 'npm error code E404'],
    'http-forbidden': ['npm ERR! code E403', 'npm error code E403'],
    'http-login': ['npm ERR! code E401', 'npm error code E401', 'npm ERR! code ENEEDAUTH', 'npm error code ENEEDAUTH'],
    'http-rate': ['npm ERR! code E429', 'npm error code E429'],
    'http-server-error': ['npm ERR! code E500', 'npm error code E500'],
    'http-gateway': ['npm ERR! code E502', 'npm error code E502'],
    'http-unavailable': ['npm ERR! code E503', 'npm error code E503'],
    'http-gateway-timeout': ['npm ERR! code E504', 'npm error code E504'],
    'proxy-login': ['npm ERR! code E407', 'npm error code E407'],
    'response-timeout': [
      'ERR_SOCKET_TIMEOUT',
      'npm ERR! network Socket timeout',
      'npm error network Socket timeout',
      'Response timeout while trying to fetch {url}',
    ],
    'answer-cut': [
      'npm ERR! code EINTEGRITY',
      'npm error code EINTEGRITY',
      'Invalid response body while trying to fetch {url}',
    ],
    'timed-out': ['npm ERR! code ETIMEDOUT', 'npm error code ETIMEDOUT'],
  },
  vague: {
    'connection-unspecified': [
      'This is a problem related to network connectivity',
      'In most cases you are behind a proxy or have bad network settings',
      'There appears to be trouble with your network connection. Retrying',
      'ERR_PNPM_META_FETCH_FAILED',
    ],
  },
  marks: [
    'npm ERR!',
    'npm error',
    'npm WARN',
    'npm http fetch',
    'network request to {url} failed, reason:',
    'npm ERR! {number} {any} - GET {url}',
    'npm error {number} {any} - GET {url}',
    'ERR_PNPM_META_FETCH_FAILED GET {url}:',
    'pnpm',
    'yarn install',
  ],
};
