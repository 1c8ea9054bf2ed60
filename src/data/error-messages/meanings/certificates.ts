import type { Meaning } from '../types.js';

/** What is wrong with a certificate. RFC 5280; verify(1) of OpenSSL for its wordings. */
export const certificateMeanings = {
  'cert-expired': {
    stage: 'tls',
    candidates: ['certificate-expired', 'clock-wrong', 'tls-intercepted'],
    means: 'The certificate with which the server proves who it is has run out, by the clock of this computer.',
    doesNotMean:
      'It does not mean that you are being attacked or blocked. Whoever runs the server forgot to renew it, unless the date on this computer is wrong.',
  },
  'cert-date': {
    stage: 'tls',
    candidates: ['certificate-expired', 'clock-wrong', 'certificate-not-yet-valid', 'tls-intercepted'],
    means:
      'By the clock of this computer the certificate of the server is not valid today: it has run out, or its time has not begun.',
    doesNotMean:
      'It does not mean that you are being attacked or blocked. Check the date of this computer first; if it is right, the server is to blame.',
  },
  'cert-not-yet-valid': {
    stage: 'tls',
    candidates: ['certificate-not-yet-valid', 'clock-wrong', 'tls-intercepted'],
    means:
      'By the clock of this computer the time of the certificate of the server has not begun yet. Very often the clock of this computer is behind.',
    doesNotMean: 'It does not mean that the certificate is forged or that the site is down.',
  },
  'clock-page': {
    stage: 'tls',
    candidates: ['clock-wrong', 'certificate-expired', 'certificate-not-yet-valid'],
    means:
      'The program thinks that the date or time of this computer is wrong, so that it cannot tell what is valid today.',
    doesNotMean: 'It does not mean that the site or the server has a problem.',
  },
  'secure-failure': {
    stage: 'tls',
    candidates: [
      'clock-wrong',
      'certificate-untrusted',
      'tls-version-mismatch',
      'tls-intercepted',
      'certificate-expired',
    ],
    means:
      'Windows could not set up a secure connection. Most often the date or time of this computer is wrong; else the certificate or the method of encryption of the server was not accepted.',
    doesNotMean: 'It does not mean that the server is down: it was reached.',
  },
  'cert-name': {
    stage: 'tls',
    candidates: [
      'certificate-name-mismatch',
      'captive-portal',
      'tls-intercepted',
      'hosts-file-override',
      'name-filtered',
      'connection-redirected',
    ],
    means:
      'The server proved to be somebody else: its certificate is made out to another name than the one you asked for.',
    doesNotMean:
      'It does not mean that the certificate has expired. Do not click it away: you may be talking to the sign-in page of a Wi-Fi, or to the wrong server.',
  },
  'cert-untrusted': {
    stage: 'tls',
    candidates: [
      'certificate-untrusted',
      'certificate-chain-incomplete',
      'tls-intercepted',
      'antivirus-intercepts-tls',
      'captive-portal',
    ],
    means:
      'The certificate of the server is signed by somebody whom this program does not trust: a private issuer, or a filter that opens encrypted connections.',
    doesNotMean:
      'It does not mean that the certificate has expired or that the server is down. Switching the check off hides the cause and takes your protection away.',
  },
  'cert-self-signed': {
    stage: 'tls',
    candidates: ['certificate-untrusted', 'tls-intercepted', 'antivirus-intercepts-tls', 'captive-portal'],
    means:
      'The certificate, or the issuer above it, vouches only for itself, and nobody told this program to trust it. Test servers do this, and so do filters that open encrypted connections.',
    doesNotMean:
      'It does not mean that the server is down. Switching the check off hides the cause and takes your protection away.',
  },
  'cert-chain': {
    stage: 'tls',
    candidates: [
      'certificate-chain-incomplete',
      'certificate-untrusted',
      'tls-intercepted',
      'antivirus-intercepts-tls',
    ],
    means:
      'A link is missing between the certificate of the server and the issuers that this program trusts. Usually the server does not send its intermediate certificate.',
    doesNotMean:
      'It does not mean that the certificate has expired. That browsers open the site proves nothing: they fill the gap on their own.',
  },
  'cert-issuer-missing': {
    stage: 'tls',
    candidates: [
      'certificate-untrusted',
      'certificate-chain-incomplete',
      'tls-intercepted',
      'antivirus-intercepts-tls',
    ],
    means:
      'This program does not know the issuer of the certificate: it is not on its own list, the server leaves a link of the chain out, or a filter on the way signs with its own.',
    doesNotMean:
      'It does not mean that the certificate has expired. Switching the check off hides the cause and takes your protection away.',
  },
  'cert-revoked': {
    stage: 'tls',
    candidates: ['certificate-revoked'],
    means:
      'The issuer has declared the certificate of the server invalid before its time, perhaps because its key was stolen.',
    doesNotMean: 'It does not mean that your computer or your network has a problem. Do not click it away.',
  },
  'cert-weak': {
    stage: 'tls',
    candidates: ['certificate-untrusted', 'tls-intercepted', 'tls-version-mismatch'],
    means:
      'The certificate of the server is made in a way that is no longer accepted: an old method, a short key, a missing entry or a wrong use.',
    doesNotMean: 'It does not mean that the certificate has expired or that you are blocked.',
  },
  'cert-intercepted': {
    stage: 'tls',
    candidates: ['tls-intercepted', 'antivirus-intercepts-tls'],
    means:
      'Something between you and the server opens encrypted connections and puts its own certificate in place of the real one: an antivirus program, a company filter or an attacker.',
    doesNotMean: 'It does not mean that the site has a problem: its own certificate never arrived.',
  },
  'cert-revocation-unchecked': {
    stage: 'tls',
    candidates: ['proxy-required', 'dropped-on-path', 'local-firewall', 'captive-portal', 'certificate-untrusted'],
    means:
      'The program wanted to ask the issuer whether the certificate is still good, and the service for that question could not be reached or gave no usable answer.',
    doesNotMean: 'It does not mean that the certificate was revoked, nor that the server itself is unreachable.',
  },
  'cert-store-missing': {
    stage: 'tls',
    candidates: ['certificate-untrusted'],
    means:
      'The list of trusted issuers on this computer is missing, empty or cannot be read, so no certificate can be checked.',
    doesNotMean: 'It does not mean that the certificate of the server is wrong: it was not judged.',
  },
  'cert-invalid': {
    stage: 'tls',
    candidates: [
      'certificate-untrusted',
      'certificate-name-mismatch',
      'certificate-expired',
      'tls-intercepted',
      'antivirus-intercepts-tls',
      'clock-wrong',
    ],
    means:
      'The certificate with which the server proves who it is was not accepted. The message does not say what is wrong with it.',
    doesNotMean: 'It does not mean that the server is down. Do not switch the check off to get rid of it.',
  },
} satisfies Record<string, Meaning>;
