import type { MessageTable } from '../types.js';

export const edge: MessageTable = {
  from: 'edge',
  layer: 'program',
  source:
    'Titles of Microsoft Edge and Internet Explorer as quoted in support documentation; INET_E_… of urlmon (Windows SDK urlmon.h)',
  port: 443,
  messages: {
    'name-unresolved': [
      'INET_E_RESOURCE_NOT_FOUND',
      "Can't reach this page Make sure you've got the right web address",
      "We can't connect to the server at {site}. If that address is correct",
      'Make sure the web address {url} is correct',
    ],
    'connect-failed': ['INET_E_CANNOT_CONNECT', 'INET_E_DOWNLOAD_FAILURE'],
    'timed-out': ['INET_E_CONNECTION_TIMEOUT'],
    'tls-failed': [
      'INET_E_SECURITY_PROBLEM',
      "Can't connect securely to this page",
      'Es kann keine sichere Verbindung mit dieser Seite hergestellt werden',
      'Impossible de se connecter en toute sécurité à cette page',
      'No se puede conectar de forma segura a esta página',
    ],
    'cert-untrusted': ['DLG_FLAGS_INVALID_CA'],
    'cert-name': ['DLG_FLAGS_SEC_CERT_CN_INVALID'],
    'cert-date': ['DLG_FLAGS_SEC_CERT_DATE_INVALID'],
    'redirect-loop': ['INET_E_REDIRECT_FAILED'],
    'bad-address': ['INET_E_INVALID_URL', 'INET_E_UNKNOWN_PROTOCOL'],
    'http-login': ['INET_E_AUTHENTICATION_REQUIRED'],
  },
  vague: {
    'page-failed': [
      "can't reach this page",
      'diese Seite ist leider nicht erreichbar',
      'Nous ne pouvons pas accéder à cette page',
      "Impossible d'accéder à cette page",
      'no se puede acceder a esta página',
      'No podemos acceder a esta página',
      "This page can't be displayed",
      'Internet Explorer cannot display the webpage',
      'Diese Seite kann nicht angezeigt werden',
      "Cette page ne peut pas s'afficher",
      'No se puede mostrar esta página',
    ],
  },
  marks: ['Microsoft Edge', 'Edg/{number}'],
};
