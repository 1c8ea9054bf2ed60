import type { MessageTable } from '../types.js';

export const safari: MessageTable = {
  from: 'safari',
  layer: 'program',
  source: 'Safari and WebKit error pages as quoted in support threads; Foundation NSURLError.h for the numbers',
  port: 443,
  messages: {
    'name-unresolved': [
      "Safari can't find the server", "can't find the server {site}", 'Safari kann den Server nicht finden', 'da der Server {site} nicht gefunden wurde',
      'Safari ne parvient pas à trouver le serveur', 'Safari no puede encontrar el servidor', 'porque no encuentra el servidor', 'porque no se puede encontrar el servidor',
      'A server with the specified hostname could not be found', 'Es wurde kein Server mit dem angegebenen Hostnamen gefunden',
      'Ein Server mit dem angegebenen Hostnamen konnte nicht gefunden werden', "Impossible de trouver un serveur avec le nom d'hôte précisé",
      'No se encontró ningún servidor con el nombre de host especificado', 'No se ha encontrado ningún servidor con el nombre de host especificado',
    ],
    'connect-failed': [
      "can't connect to the server {site}", "Safari can't connect to the server", 'Safari kann keine Verbindung zum Server', 'Safari ne parvient pas à se connecter au serveur',
      'porque no pudo conectarse al servidor', 'Safari no se puede conectar al servidor', 'porque no se ha podido conectar al servidor',
      'Could not connect to the server', 'Verbindung zum Server konnte nicht hergestellt werden', 'Impossible de se connecter au serveur',
      'No se ha podido conectar con el servidor', 'No se pudo conectar con el servidor',
    ],
    'timed-out': [
      "because the server where this page is located isn't responding", 'The request timed out', 'Zeitüberschreitung bei der Anforderung',
      'da der Server nicht mehr antwortet', 'weil der Server nicht mehr antwortet', 'car le serveur sur lequel se trouve cette page ne répond pas', 'car le serveur ne répond plus',
      'porque el servidor ha dejado de responder', 'La requête a expiré', 'Se ha agotado el tiempo de espera', 'because the server is not responding',
    ],
    offline: [
      "because your computer isn't connected to the internet", "because your Mac isn't connected to the Internet", "because your iPhone isn't connected to the Internet",
      'You are not connected to the Internet', "You're Not Connected to the Internet", 'The Internet connection appears to be offline',
      'Du bist nicht mit dem Internet verbunden', 'Sie sind nicht mit dem Internet verbunden', 'Es besteht anscheinend keine Verbindung zum Internet',
      "Vous n'êtes pas connecté à Internet", 'La connexion Internet semble interrompue', 'No tienes conexión a Internet', 'No está conectado a Internet',
      'Parece que no hay conexión a Internet',
    ],
    'connection-lost': [
      'because the network connection was lost', 'The network connection was lost', 'Die Netzwerkverbindung wurde unterbrochen', 'La connexion réseau a été perdue',
      'La connexion réseau a été interrompue', 'porque se ha interrumpido la conexión de red', 'Se ha perdido la conexión de red', 'Se ha interrumpido la conexión de red',
    ],
    closed: [
      'because the server unexpectedly dropped the connection', 'weil der Server unerwartet die Verbindung getrennt hat', 'da der Server die Verbindung unerwartet getrennt hat',
      'car le serveur a interrompu la connexion de façon inattendue', 'porque el servidor ha interrumpido la conexión',
    ],
    'tls-failed': [
      "Safari can't establish a secure connection to the server {site}", "can't establish a secure connection to the server {site}",
      "can't establish a secure connection to the server", 'keine sichere Verbindung zum Server', 'ne parvient pas à établir une connexion sécurisée au serveur',
      'no puede establecer una conexión segura con el servidor', 'An SSL error has occurred and a secure connection to the server cannot be made',
      'Ein SSL-Fehler ist aufgetreten, und eine sichere Verbindung zum Server kann nicht hergestellt werden',
      "Une erreur SSL s'est produite et une connexion sécurisée au serveur ne peut pas être établie", 'Se ha producido un error SSL y no puede establecerse una conexión segura',
      'A TLS error caused the secure connection to fail',
    ],
    'cert-invalid': [
      "Safari can't verify the identity of the website {site}", 'kann die Identität der Website {site} nicht überprüfen', "ne parvient pas à vérifier l'identité du site web {site}",
      'no puede verificar la identidad del sitio web {site}',
      'The certificate for this server is invalid. You might be connecting to a server that is pretending to be {site}',
      'Das Zertifikat für diesen Server ist ungültig', 'Le certificat de ce serveur est invalide', 'El certificado de este servidor no es válido',
    ],
    'cert-expired': ["This website's certificate has expired", 'The certificate for this website expired', 'This certificate has expired'],
    'redirect-loop': ['because too many redirects occurred', 'too many HTTP redirects', 'zu viele HTTP-Umleitungen', 'trop de redirections', 'demasiadas redirecciones'],
    'unsafe-port': ['Not allowed to use restricted network port'],
    'cleartext-forbidden': [
      'The resource could not be loaded because the App Transport Security policy requires the use of a secure connection',
      'App Transport Security has blocked a cleartext HTTP',
    ],
    'bad-address': ['because the address is invalid', 'da die Adresse ungültig ist', "car l'adresse n'est pas valide", 'porque la dirección no es válida'],
  },
  vague: {
    'page-failed': [
      "Safari can't open the page", 'Safari kann die Seite', 'Safari ne parvient pas à ouvrir la page', 'Safari ne peut pas ouvrir la page', 'Safari no puede abrir la página',
      'Safari could not open the page',
    ],
    'cert-invalid': ['This Connection Is Not Private', 'Diese Verbindung ist nicht privat', "Cette connexion n'est pas privée", 'Esta conexión no es privada'],
    'request-failed': ['TypeError: Load failed', 'Load failed (', 'FetchEvent.respondWith received an error: TypeError: Load failed'],
  },
  marks: ['WebKitErrorDomain', 'in Safari'],
};

/** Foundation's numbers, as apps of macOS and iOS print them: `Error Domain=NSURLErrorDomain Code=-1004`. */
const urlErrors = {
  'timed-out': [-1001], 'name-unresolved': [-1003, -1006], 'connect-failed': [-1004], 'connection-lost': [-1005], 'redirect-loop': [-1007],
  offline: [-1009, -1018, -1020], 'http-login': [-1013], 'bad-answer': [-1011, -1017], 'bad-address': [-1000, -1002], 'cleartext-forbidden': [-1022],
  'tls-failed': [-1200], 'cert-date': [-1201], 'cert-untrusted': [-1202, -1203], 'cert-not-yet-valid': [-1204], 'client-certificate': [-1205, -1206],
} as const;

export const foundation: MessageTable = {
  from: 'macos',
  layer: 'runtime',
  source: 'Foundation NSURLError.h; CFNetwork kCFErrorDomainCFNetwork uses the same numbers',
  messages: Object.fromEntries(
    Object.entries(urlErrors).map(([meaning, codes]) => [
      meaning,
      codes.flatMap((code) => [`NSURLErrorDomain Code=${code}`, `NSURLErrorDomain error ${code}`, `kCFErrorDomainCFNetwork Code=${code}`, `NSURLErrorDomain:${code}`]),
    ]),
  ),
  marks: ['NSErrorFailingURLStringKey={url}', 'NSErrorFailingURLKey={url}'],
};
