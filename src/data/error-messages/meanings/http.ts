import type { Meaning } from '../types.js';

/** What a web server, or something in its place, answers. RFC 9110 section 15; RFC 7725 (451), RFC 6585 (429, 511). */
export const httpMeanings = {
  'http-forbidden': {
    stage: 'http',
    candidates: ['http-forbidden', 'http-filtered', 'client-banned', 'proxy-refuses'],
    means: 'A web server was reached and understood you, and says that you may not have this (403).',
    doesNotMean:
      'It does not mean that the network or a firewall on this computer blocks you: the answer came all the way back. Either the server refuses, or a filter that answers in its name.',
  },
  'http-legal': {
    stage: 'http',
    candidates: ['legal-block', 'http-filtered'],
    means: 'The answer says that the page is withheld for legal reasons (451).',
    doesNotMean: 'It does not mean that your computer or your connection has a problem.',
  },
  'http-rate': {
    stage: 'http',
    candidates: ['rate-limited', 'client-banned'],
    means:
      'The server is there, but says that too many requests came from you, or from the address you share with others. Waiting helps.',
    doesNotMean: 'It does not mean that the server is down or that a firewall on your side blocks it.',
  },
  'http-server-error': {
    stage: 'http',
    candidates: ['http-server-error', 'service-outage', 'gateway-upstream-down'],
    means: 'The server was reached and answered that something went wrong on its own side.',
    doesNotMean:
      'It does not mean that your computer, your connection or a firewall has a problem. Only those who run the server can repair it.',
  },
  'http-unavailable': {
    stage: 'http',
    candidates: [
      'http-server-error',
      'server-overloaded',
      'service-starting',
      'no-backend',
      'gateway-upstream-down',
      'service-outage',
    ],
    means:
      'The server was reached and says that it cannot serve you at the moment (503): it is overloaded, starting, or under maintenance.',
    doesNotMean: 'It does not mean that your connection is broken or that you are blocked.',
  },
  'http-gateway': {
    stage: 'http',
    candidates: ['gateway-upstream-down', 'service-starting', 'server-overloaded', 'http-server-error', 'no-backend'],
    means: 'You reached the front server, but the machine behind it that does the work did not answer properly (502).',
    doesNotMean: 'It does not mean that your connection, your browser or a firewall on your side has a problem.',
  },
  'http-gateway-timeout': {
    stage: 'http',
    candidates: ['gateway-upstream-down', 'server-not-responding', 'server-overloaded', 'http-server-error'],
    means: 'You reached the front server, but the machine behind it did not answer in time (504).',
    doesNotMean: 'It does not mean that your own connection is slow or blocked.',
  },
  'http-portal': {
    stage: 'http',
    candidates: ['captive-portal', 'http-filtered'],
    means: 'The network you are in wants you to sign in or accept its terms before it lets you out.',
    doesNotMean: 'It does not mean that the site is down or that your computer has a problem.',
  },
  'http-login': {
    stage: 'http',
    candidates: ['reachable', 'http-forbidden'],
    means: 'The server was reached and wants to know who you are: the login or token is missing or wrong (401).',
    doesNotMean: 'It does not mean that anything blocks the connection: the way to the server works.',
  },
  'http-not-found': {
    stage: 'http',
    candidates: ['reachable', 'wrong-scheme-or-port', 'http-filtered'],
    means: 'The server was reached, but has nothing at this address, or does not show it to you (404).',
    doesNotMean: 'It does not mean that anything blocks the connection: the way to the server works.',
  },
  'http-bad-request': {
    stage: 'http',
    candidates: ['reachable', 'wrong-scheme-or-port'],
    means: 'The server was reached, but did not accept the request as it was sent.',
    doesNotMean: 'It does not mean that anything blocks the connection: the way to the server works.',
  },
  'redirect-loop': {
    stage: 'http',
    candidates: ['redirect-loop', 'browser-forces-https', 'captive-portal'],
    means: 'The site sends you in circles: each page says "look over there", and it never ends.',
    doesNotMean:
      'It does not mean that the connection is blocked. Cookies of the site or a setting of the server are the usual cause.',
  },
  'bad-answer': {
    stage: 'http',
    candidates: [
      'wrong-scheme-or-port',
      'http-filtered',
      'captive-portal',
      'proxy-misconfigured',
      'server-closes-at-once',
    ],
    means:
      'Something answered, but not in the language that was expected: another kind of service is on this port, or something in between answered.',
    doesNotMean: 'It does not mean that nothing answers or that the server refused.',
  },
  'answer-cut': {
    stage: 'http',
    candidates: ['server-closes-at-once', 'momentary-glitch', 'packet-loss', 'http-filtered', 'antivirus-blocks-url'],
    means: 'The answer began to arrive and stopped before it was complete.',
    doesNotMean: 'It does not mean that the address is wrong or that you were refused: the server had begun to answer.',
  },
  'http2-error': {
    stage: 'http',
    candidates: [
      'server-closes-at-once',
      'tls-intercepted',
      'http-filtered',
      'momentary-glitch',
      'antivirus-intercepts-tls',
    ],
    means:
      'The server, or something in between, broke the rules of the newer web protocol (HTTP/2) in the middle of the conversation.',
    doesNotMean: 'It does not mean that the site is down: with the older protocol it often works.',
  },
  'origin-down': {
    stage: 'http',
    candidates: ['gateway-upstream-down', 'service-outage', 'server-firewall'],
    means: 'You reached the delivery network in front of the site, but it cannot reach the server of the site itself.',
    doesNotMean: 'It does not mean that your connection or your computer has a problem.',
  },
  'page-failed': {
    stage: 'connect',
    candidates: ['undetermined'],
    means:
      'The page could not be opened. This part of the message does not say why; the small print under it, often in capitals, does.',
    doesNotMean:
      'It does not mean that the firewall or the antivirus program did it, though the page suggests to look there.',
  },
  'request-failed': {
    stage: 'http',
    candidates: ['undetermined'],
    means:
      'The request did not succeed, and the program hides the reason from the page that asked. The browser console or the log above usually has a second line with it.',
    doesNotMean:
      'It does not mean that a firewall blocked it. Name, connection, encryption, an ad blocker and rules of the site all look the same here.',
  },
} satisfies Record<string, Meaning>;
