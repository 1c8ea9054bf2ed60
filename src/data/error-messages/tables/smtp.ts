import type { MessageTable } from '../types.js';

export const smtp: MessageTable = {
  from: 'smtp',
  layer: 'program',
  source: 'RFC 5321 and RFC 3463 replies as Postfix, Exim and large providers word them',
  port: 25,
  messages: {
    'service-lost': ['SMTPServerDisconnected: Connection unexpectedly closed'],
    'service-refuses': [
      '554 5.7.1',
      '550 5.7.1',
      '554 5.7.0',
      'Relay access denied',
      '550 5.7.26',
      '553 5.7.1',
      'relaying denied',
      '521 5.2.1',
    ],
    'service-banned': [
      'Client host {any} blocked using',
      'Service unavailable; Client host',
      '554 5.7.1 Service unavailable; Client host',
    ],
    'service-full': [
      '421 4.7.0 Too many connections',
      '421 Too many concurrent SMTP connections',
      'too many connections from your host',
      '421 4.3.2',
    ],
    'service-login': [
      '535 5.7.8',
      '535 5.7.3',
      '535 Authentication credentials invalid',
      'Username and Password not accepted',
      '535 Incorrect authentication data',
    ],
    'service-needs-tls': [
      '530 5.7.0 Must issue a STARTTLS command first',
      'Must issue a STARTTLS command first',
      '530 5.7.1 Authentication required',
    ],
    'service-starting': ['421 Service not available', '451 4.7.1 Greylisting', 'Greylisted'],
  },
  marks: ['SMTPException', 'smtplib', 'SMTP Error:', 'SMTP connect() failed', 'postfix/smtp', 'SMTP -> ERROR'],
};
