import type { MessageTable } from '../types.js';

/** Without the browser's name, so that browsers built from Firefox are recognised too. */
export const firefoxPages: MessageTable = {
  from: 'firefox',
  layer: 'program',
  source: 'Firefox 153 language packs en-GB, de, fr, es-ES: netError.ftl, certError.ftl, appstrings.properties; older titles from Firefox 60 to 100',
  port: 443,
  messages: {
    'name-unresolved': [
      "We can't connect to the server at {endpoint}", "can't find the server at {endpoint}", "We're having trouble finding that site",
      'Die Verbindung mit dem Server {endpoint} schlug fehl', 'kann den Server unter {endpoint} nicht finden', 'Der Server unter {endpoint} konnte nicht gefunden werden',
      "Impossible de se connecter au serveur à l'adresse {endpoint}", 'nous ne parvenons pas à trouver ce site', 'ne peut trouver le serveur à {endpoint}',
      'No podemos conectar al servidor en {endpoint}', 'Tenemos problemas para encontrar ese sitio', 'no puede encontrar el servidor en {endpoint}',
      'Check that the address is correct. If the address is correct',
    ],
    'secure-dns-fails': [
      "can't protect your request for this site's address through our secure DNS provider",
      "kann Ihre Anfrage nach der Adresse dieser Website nicht über unseren sicheren DNS-Anbieter schützen",
      'no puede proteger su solicitud de la dirección de este sitio a través de nuestro proveedor de DNS seguro',
    ],
    offline: [
      "is currently in offline mode and can't browse the Web", 'ist momentan im Offline-Modus und kann nicht zum Browsen im Web verwendet werden',
      'est actuellement en mode hors connexion', 'está actualmente en modo sin conexión',
    ],
    'refused-or-unreachable': [
      "can't establish a connection to the server at {endpoint}", 'kann keine Verbindung zu dem Server unter {endpoint} aufbauen',
      "ne peut établir de connexion avec le serveur à l'adresse {endpoint}", 'no puede establecer una conexión con el servidor en {endpoint}',
    ],
    'timed-out': [
      'The server at {endpoint} is taking too long to respond', 'Der Server unter {endpoint} braucht zu lange, um eine Antwort zu senden',
      'Der Server auf {endpoint} braucht zu lange, um eine Antwort zu senden', "Le serveur à l'adresse {endpoint} met trop de temps à répondre",
      'El servidor {endpoint} está tardando demasiado en responder', 'El servidor en {endpoint} está tardando demasiado en responder',
    ],
    reset: [
      'The connection to the server was reset while the page was loading', 'Die Verbindung zum Server wurde zurückgesetzt, während die Seite geladen wurde',
      'La connexion avec le serveur a été réinitialisée pendant le chargement de la page', 'La conexión al servidor fue reiniciada mientras la página se cargaba',
    ],
    'connection-lost': [
      'The connection to {endpoint} was interrupted while the page was loading', 'Die Verbindung zu {endpoint} wurde unterbrochen, während die Seite geladen wurde',
      'La connexion avec {endpoint} a été interrompue pendant le chargement de la page', 'La conexión a {endpoint} fue interrumpida mientras la página se cargaba',
    ],
    'unsafe-port': [
      'This address uses a network port which is normally used for purposes other than Web browsing',
      'Die aufgerufene Adresse fordert einen Port, der normalerweise nicht zum Browsen im Web verwendet wird',
      'Cette adresse utilise un port réseau inhabituel pour la navigation web',
      'Esta dirección usa un puerto de red que normalmente se utiliza con fines distintos a la navegación web',
    ],
    'bad-address': [
      "doesn't know how to open this address", 'weiß nicht, wie diese Adresse geöffnet werden soll', 'ne sait pas ouvrir cette adresse',
      'no sabe cómo abrir esta dirección', "That address doesn't look right",
    ],
    'proxy-connect-failed': [
      'is configured to use a proxy server that is refusing connections', 'The proxy server is refusing connections',
      'wurde konfiguriert, einen Proxy-Server zu nutzen, der die Verbindung zurückweist', 'Proxy-Server verweigert die Verbindung',
      "est configuré pour utiliser un serveur proxy mais celui-ci n'accepte pas les connexions", 'La connexion a été refusée par le serveur proxy',
      'está configurado para usar un servidor proxy que está rechazando las conexiones', 'El servidor proxy está rechazando las conexiones',
    ],
    'proxy-name-unknown': [
      "is configured to use a proxy server that can't be found", 'Unable to find the proxy server',
      'wurde konfiguriert, einen Proxy-Server zu nutzen, der nicht gefunden werden kann', 'Proxy-Server nicht gefunden',
      'est configuré pour utiliser un serveur proxy mais celui-ci est introuvable', 'Le serveur proxy est introuvable',
      'está configurado para usar un servidor proxy que no puede ser localizado', 'No se puede encontrar el servidor proxy',
    ],
    'redirect-loop': [
      'has detected that the server is redirecting the request for this address in a way that will never complete', "The page isn't redirecting properly",
      'Die aufgerufene Website leitet die Anfrage so um, dass sie nie beendet werden kann', 'Umleitungsfehler',
      "redirige la demande pour cette adresse d'une manière qui n'aboutira pas", "La page n'est pas redirigée correctement",
      'está redirigiendo la solicitud a esta dirección de una manera en la que nunca terminará', 'La página no está redirigiendo adecuadamente',
    ],
    'clock-page': [
      'Your Computer Clock is Wrong', 'Datum und/oder Uhrzeit Ihres Computers sind nicht korrekt', "L'heure de votre ordinateur est incorrecte",
      'La hora de su equipo es incorrecta',
    ],
    'cert-intercepted': [
      'From Safely Connecting to This Site', 'am Aufbauen einer sicheren Verbindung mit dieser Website', 'de se connecter de façon sécurisée à ce site',
      'conectarse de forma segura a este sitio', 'is most likely a safe site, but a secure connection could not be established',
      'ist wahrscheinlich eine sichere Website, aber es konnte keine sichere Verbindung aufgebaut werden',
    ],
    'cert-self-signed': [
      'The certificate is not trusted because it is self-signed', 'Dem Zertifikat wird nicht vertraut, weil es vom Aussteller selbst signiert wurde',
      "Le certificat n'est pas sûr car il est auto-signé", 'No se confía en el certificado porque está autofirmado',
    ],
    'cert-untrusted': [
      'does not trust {site} because its certificate issuer is unknown', 'vertraut {site} nicht, weil der Aussteller des Zertifikats unbekannt ist',
      "ne fait pas confiance à {site}, car l'émetteur de son certificat est inconnu", 'no confía en {site} porque su emisor del certificado es desconocido',
      'The certificate is not trusted because the issuer certificate is unknown', "Peer's Certificate issuer is not recognized", "Peer's Certificate issuer is not recognised",
    ],
    'cert-name': [
      'because it uses a certificate that is not valid for {site}', 'weil das von der Website verwendete Zertifikat nicht für {site} gilt',
      "car il utilise un certificat qui n'est pas valide pour {site}", 'porque utiliza un certificado que no es válido para {site}',
    ],
    'cert-expired': [
      'The certificate for {site} expired on', 'Das Zertifikat für {site} ist am {any} abgelaufen', 'Le certificat de {site} a expiré le',
      'El certificado de {site} dejó de ser válido el', "Peer's Certificate has expired",
    ],
    'cert-not-yet-valid': [
      'The certificate for {site} will not be valid until', 'Das Zertifikat für {site} wird erst am {any} gültig', 'Le certificat de {site} ne sera pas valide',
      'El certificado de {site} solo será válido a partir del',
    ],
    'cert-revoked': [
      'the certificate provided for {site} has been revoked', 'das für {site} bereitgestellte Zertifikat widerrufen wurde', 'le certificat fourni pour {site} a été révoqué',
      'el certificado proporcionado para {site} ha sido revocado', "Peer's Certificate has been revoked",
    ],
    'tls-version': [
      'This website might not support the TLS 1.2 protocol', 'This web site might not support the TLS 1.2 protocol',
      'Diese Website unterstützt möglicherweise nicht das TLS-1.2-Protokoll', 'Cannot communicate securely with peer: no common encryption algorithm',
      'Peer using unsupported version of security protocol', 'Peer reports incompatible or unsupported protocol version',
      'Keine gemeinsamen Verschlüsselungsalgorithmen', 'aucun algorithme de chiffrement en commun', 'no hay algoritmos de cifrado comunes',
    ],
    'tls-not-spoken': [
      'SSL received a record that exceeded the maximum permissible length', 'SSL hat einen Eintrag erhalten, der die maximal erlaubte Länge überschritten hat',
      'SSL a reçu un enregistrement qui dépasse la longueur maximale autorisée', 'SSL ha recibido un registro que excedía la longitud máxima permitida',
    ],
    'blocked-by-policy': [
      'Your organization has blocked access to this page or website', 'Your organisation has blocked access to this page or web site',
      'Ihre Organisation hat den Zugriff auf diese Seite oder Website blockiert', "Votre organisation a bloqué l'accès à cette page ou à ce site web",
      'Su organización ha bloqueado el acceso a esta página o sitio web',
    ],
    'blocked-as-dangerous': ['has been reported as a deceptive site and has been blocked', 'has been reported as an attack site and has been blocked'],
    'blocked-by-site-rules': ['Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}'],
    'http-portal': [
      'You must log in to this network before you can access the internet', 'Sie müssen sich bei dem Netzwerk anmelden, um auf das Internet zugreifen zu können',
      'Ce réseau nécessite que vous vous connectiez à un compte pour utiliser Internet', 'Debe iniciar sesión en esta red antes de que pueda acceder a Internet',
      'Open Network Login Page',
    ],
    'answer-cut': ['Corrupted Content Error', 'has experienced a network protocol violation that cannot be repaired'],
    closed: ['{site} sent back an empty page'],
  },
  vague: {
    'page-failed': [
      'Problem loading page', 'Seiten-Ladefehler', 'Fehler: Server nicht gefunden', 'Erreur de chargement de la page', 'Problema al cargar la página', 'Server Not Found',
      'The connection was interrupted',
      "If you are unable to load any pages, check your computer's network connection",
    ],
    'refused-or-unreachable': ['Unable to connect Firefox', 'Fehler: Verbindung fehlgeschlagen', 'La connexion a échoué Firefox', 'No se puede conectar Firefox'],
    'timed-out': ['The connection has timed out', 'Netzwerk-Zeitüberschreitung', "Le délai d'attente est dépassé", 'La conexión ha caducado'],
    reset: ['The connection was reset', 'Fehler: Verbindung unterbrochen', 'La connexion a été réinitialisée', 'La conexión ha sido reiniciada'],
    'tls-failed': [
      'Secure Connection Failed', 'An error occurred during a connection to {endpoint}', 'Gesicherte Verbindung fehlgeschlagen', 'Fehler: Gesicherte Verbindung fehlgeschlagen',
      'Beim Verbinden mit {endpoint} trat ein Fehler auf', 'Échec de la connexion sécurisée', 'Une erreur est survenue pendant une connexion à {endpoint}',
      'Conexión segura fallida', 'Ha ocurrido un error al conectar con {endpoint}',
    ],
    'cert-invalid': [
      '{site} uses an invalid security certificate', '{site} verwendet ein ungültiges Sicherheitszertifikat', '{site} utilise un certificat de sécurité invalide',
      '{site} usa un certificado de seguridad no válido', 'Warning: Potential Security Risk Ahead', 'Warnung: Mögliches Sicherheitsrisiko erkannt',
      'Attention : risque probable de sécurité', 'Advertencia: riesgo potencial de seguridad a continuación', 'Your connection is not secure',
      'detected a potential security threat and did not continue to {site}', 'hat ein mögliches Sicherheitsrisiko erkannt und {site} nicht geladen',
      'spotted a potentially serious security issue with {site}',
    ],
    'https-forced': [
      'has a security policy called HTTP Strict Transport Security (HSTS)', 'Did Not Connect: Potential Security Issue',
      'Kein Verbindungsversuch unternommen: Mögliches Sicherheitsproblem',
    ],
    'request-failed': ['NetworkError when attempting to fetch resource'],
  },
  marks: ['Mozilla Firefox'],
};
