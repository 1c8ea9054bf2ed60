import type { MessageTable } from '../types.js';

export const openssl: MessageTable = {
  from: 'openssl',
  layer: 'system',
  source: 'OpenSSL 1.1 and 3: crypto/x509/x509_txt.c, ssl/ssl_err.c; verify(1) and s_client(1); LibreSSL and BoringSSL keep the wording',
  messages: {
    'cert-expired': ['certificate has expired', 'certificate verify failed: certificate has expired', 'certificate problem: certificate has expired', 'certificate problem: certificate expired', 'sslv3 alert certificate expired', 'ssl alert number 45'],
    'cert-not-yet-valid': ['certificate is not yet valid', 'certificate verify failed: certificate is not yet valid', 'certificate problem: certificate is not yet valid'],
    'cert-issuer-missing': ['unable to get local issuer certificate', 'certificate verify failed: unable to get local issuer certificate', 'certificate problem: unable to get local issuer certificate', 'unable to get issuer certificate'],
    'cert-chain': ['unable to verify the first certificate', 'certificate verify failed: unable to verify the first certificate', 'unable to verify leaf signature'],
    'cert-self-signed': [
      'self-signed certificate', 'self signed certificate', 'self-signed certificate in certificate chain', 'self signed certificate in certificate chain', 'certificate problem: self-signed certificate', 'certificate problem: self signed certificate', 'certificate verify failed: self-signed certificate',
      'certificate verify failed: self signed certificate', 'certificate verify failed: self-signed certificate in certificate chain', 'certificate verify failed: self signed certificate in certificate chain',
    ],
    'cert-name': ['certificate verify failed: Hostname mismatch', 'hostname mismatch', 'IP address mismatch', 'certificate subject name mismatch', 'SSL certificate name mismatch'],
    'cert-revoked': ['certificate revoked', 'sslv3 alert certificate revoked', 'certificate problem: certificate revoked'],
    'cert-untrusted': ['certificate not trusted', 'certificate rejected', 'invalid CA certificate'],
    'cert-weak': ['EE certificate key too weak', 'CA certificate key too weak', 'ca md too weak', 'ee key too small', 'CA signature digest algorithm too weak'],
    'cert-revocation-unchecked': ['unable to get certificate CRL', 'CRL has expired', 'revocation server was offline'],
    'tls-not-spoken': ['wrong version number', 'ssl3_get_record:wrong version number', 'SSL routines::wrong version number', 'SSL23_GET_SERVER_HELLO:unknown protocol', 'SSL routines::packet length too long', 'packet length too long', 'record layer failure'],
    'plain-to-tls': ['SSL routines::http request', 'ssl3_get_record:http request', 'plain HTTP request was sent to HTTPS port'],
    'tls-version': [
      'alert protocol version', 'tlsv1 alert protocol version', 'unsupported protocol', 'SSL routines::unsupported protocol', 'no protocols available', 'no cipher match', 'no shared cipher', 'dh key too small', 'unsafe legacy renegotiation disabled', 'ssl alert number 70', 'inappropriate fallback', 'wrong signature type', 'no ciphers available', 'wrong ssl version', 'legacy sigalg disallowed or unsupported',
    ],
    'tls-refused': ['sslv3 alert handshake failure', 'alert handshake failure', 'ssl/tls alert handshake failure', 'SSL routines::sslv3 alert handshake failure', 'ssl alert number 40', 'tlsv1 alert insufficient security', 'sslv3 alert illegal parameter'],
    'tls-name-unknown': ['tlsv1 unrecognized name', 'tlsv1 alert unrecognized name', 'ssl alert number 112'],
    'client-certificate': ['tlsv13 alert certificate required', 'sslv3 alert bad certificate', 'ssl/tls alert bad certificate', 'tlsv1 alert unknown ca', 'sslv3 alert certificate unknown', 'peer did not return a certificate', 'ssl alert number 116', 'tlsv1 alert access denied'],
    'tls-failed': ['tlsv1 alert internal error', 'tlsv1 alert decode error', 'ssl alert number 80', 'decryption failed or bad record mac', 'tlsv1 alert decrypt error', 'bad record mac'],
    'tls-cut': ['unexpected eof while reading', 'SSL_ERROR_SYSCALL', 'SSL_connect: Connection reset by peer', 'ssl handshake failure: unexpected eof', 'SSL_ERROR_ZERO_RETURN', 'no peer certificate available'],
  },
  vague: { 'cert-invalid': ['CERTIFICATE_VERIFY_FAILED', 'certificate verify failed', 'SSL certificate problem', 'SSL certificate verify failed', 'SSL certificate verification failed'], 'tls-failed': ['SSL routines', 'SSL handshake failed', 'TLS handshake failed', 'TLS handshake error'] },
};

export const gnutls: MessageTable = {
  from: 'gnutls',
  layer: 'system',
  source: 'GnuTLS 3.7 lib/errors.c, lib/alert.c, lib/cert-session.c',
  messages: {
    'tls-cut': ['The TLS connection was non-properly terminated', 'Error in the pull function', 'Error in the push function'],
    'tls-not-spoken': ['An unexpected TLS packet was received', 'A packet with illegal or unsupported version was received', 'A record packet with illegal version was received', 'A TLS record packet with invalid length was received'],
    'tls-refused': ['A TLS fatal alert has been received: Handshake failed', 'A TLS fatal alert has been received. Handshake failed', 'A TLS fatal alert has been received'],
    'tls-name-unknown': ['The server name sent was not recognized'],
    'tls-version': ['No supported cipher suites have been found', 'The Diffie-Hellman prime sent by the server is not acceptable'],
    'cert-expired': ['The certificate chain uses expired certificate', "The certificate is NOT trusted. The certificate chain uses expired certificate"],
    'cert-not-yet-valid': ['The certificate chain uses not yet valid certificate'],
    'cert-untrusted': ['The certificate issuer is unknown', 'The certificate is NOT trusted. The certificate issuer is unknown'],
    'cert-name': ['The name in the certificate does not match the expected', 'SSL: certificate subject name ({any}) does not match target host name'],
    'cert-revoked': ['The certificate chain is revoked'],
    'cert-weak': ['The certificate chain uses insecure algorithm'],
    'client-certificate': ['Certificate is required'],
  },
  vague: { 'cert-invalid': ['The certificate is NOT trusted', 'Error in the certificate verification'], 'tls-failed': ['gnutls_handshake() failed'] },
};
