import type { MessageTable } from '../types.js';

const source = 'Chromium 156, the locales en-GB, de, fr, es of its resource packs (error pages and certificate warnings)';

/** The sentences of the error pages, in English, German, French and Spanish. */
export const chromiumPages: MessageTable = {
  from: 'chromium',
  layer: 'runtime',
  source,
  port: 443,
  messages: {
    'name-unresolved': [
      "{site}'s server IP address could not be found",
      "{site}'s DNS address could not be found",
      'Die Server-IP-Adresse von {site} wurde nicht gefunden',
      'Die DNS-Adresse von {site} wurde nicht gefunden',
      "Impossible de trouver l'adresse IP du serveur de {site}",
      "L'adresse DNS de {site} est introuvable",
      'No se ha podido encontrar la dirección IP del servidor de {site}',
      'No se ha podido encontrar la dirección DNS de la página {site}',
      'No se pudo encontrar la dirección IP del servidor de {site}',
    ],
    offline: [
      'No Internet Try: Checking the network cables',
      'Kein Internet Versuche Folgendes', 'Keine Internetverbindung Versuche Folgendes',
      'Your device went offline', "Can't connect to the Internet. Try again",
    ],
    'network-changed': [
      'A network change was detected', 'Your connection was interrupted', 'Eine Netzwerkänderung ist aufgetreten',
      'Un changement de réseau a été détecté', 'Votre connexion a été interrompue', 'Se ha detectado un cambio de red',
      'Se ha interrumpido la conexión',
    ],
    'address-unreachable': [
      '{site} is unreachable', '{site} ist nicht erreichbar', '{site} est inaccessible', 'No se puede acceder a {site}',
      '{site} is currently unreachable', '{site} ist momentan nicht erreichbar', '{site} est actuellement inaccessible',
    ],
    refused: [
      '{site} refused to connect', '{site} hat die Verbindung abgelehnt', "{site} n'autorise pas la connexion",
      'La página {site} ha rechazado la conexión', '{site} rechazó la conexión', '{site} a refusé de se connecter',
    ],
    'timed-out': [
      '{site} took too long to respond', 'Die Antwort von {site} hat zu lange gedauert', '{site} a mis trop de temps à répondre',
      '{site} ha tardado demasiado tiempo en responder', '{site} tardó demasiado en responder',
    ],
    reset: [
      'The connection was reset. Try', 'Verbindung wurde zurückgesetzt. Versuche', 'La connexion a été réinitialisée. Voici',
      'Se ha restablecido la conexión', 'Se restableció la conexión',
    ],
    closed: [
      '{site} unexpectedly closed the connection', '{site} hat die Verbindung unerwartet geschlossen',
      '{site} a mis fin à la connexion de manière inattendue', '{site} ha cerrado la conexión de forma inesperada',
      "{site} didn't send any data", '{site} hat keine Daten gesendet', "{site} n'a envoyé aucune donnée", '{site} no ha enviado ningún dato',
    ],
    'not-permitted': ['Your Internet access is blocked', 'Deine Internetverbindung ist gesperrt', 'Votre accès à Internet est bloqué', 'Tu acceso a Internet está bloqueado'],
    'proxy-connect-failed': [
      'There is something wrong with the proxy server or the address is incorrect',
      'Mit dem Proxyserver ist ein Problem aufgetreten oder die Adresse ist falsch',
      "Le serveur proxy présente une erreur, ou l'adresse est incorrecte",
      'Se ha producido un error con el servidor proxy o la dirección es incorrecta',
    ],
    'blocked-by-extension': [
      'This page has been blocked by an extension', 'Diese Seite wurde von einer Erweiterung blockiert',
      'Cette page a été bloquée par une extension', 'Una extensión ha bloqueado esta página',
    ],
    'blocked-by-policy': [
      "Your organisation doesn't allow you to view this site", "Your organization doesn't allow you to view this site",
      'Deine Organisation lässt nicht zu, dass du diese Website aufrufst', 'Votre organisation ne vous autorise pas à consulter ce site',
      'Tu organización no te permite ver este sitio',
    ],
    'blocked-as-dangerous': [
      'Deceptive site ahead', 'The site ahead contains malware', 'The site ahead contains harmful programs', 'Dangerous site Attackers on',
      'Betrügerische Website',
    ],
    'blocked-by-site-rules': [
      'has been blocked by CORS policy',
      'The connection is blocked because it was initiated by a public page to connect to devices or servers on your local network',
      'This content is blocked. Contact the site owner to fix the issue',
    ],
    'redirect-loop': [
      '{site} redirected you too many times', '{site} hat dich zu oft weitergeleitet', '{site} vous a redirigé à de trop nombreuses reprises',
      'La página {site} te ha redirigido demasiadas veces',
    ],
    'tls-failed': [
      '{site} sent an invalid response', '{site} hat eine ungültige Antwort gesendet', '{site} a envoyé une réponse incorrecte',
      '{site} ha enviado una respuesta no válida',
    ],
    'tls-version': [
      '{site} uses an unsupported protocol', '{site} verwendet ein nicht unterstütztes Protokoll', '{site} utilise un protocole incompatible',
      'La página {site} utiliza un protocolo no admitido',
    ],
    'client-certificate': [
      "{site} didn't accept your login certificate", '{site} hat dein Anmeldezertifikat nicht akzeptiert',
      "{site} n'a pas accepté votre certificat de connexion", '{site} no ha aceptado el certificado de inicio de sesión',
    ],
    'clock-page': [
      'Your clock is ahead', 'Your clock is behind', 'Deine Uhr geht vor', 'Deine Uhr geht nach', 'Votre horloge est en avance',
      'Votre horloge est en retard', 'Tu reloj está adelantado', 'Tu reloj está atrasado',
    ],
    'cert-name': [
      'This server could not prove that it is {site}; its security certificate is from',
      'Dieser Server konnte nicht beweisen, dass er {site} ist. Sein Sicherheitszertifikat stammt von',
      "Impossible de vérifier sur le serveur qu'il s'agit bien du domaine {site}, car son certificat de sécurité provient du domaine",
      'Este servidor no ha podido probar que su dominio es {site}, su certificado de seguridad procede de',
      'This server could not prove that it is {site}; its security certificate does not specify Subject Alternative Names',
    ],
    'cert-date': [
      'This server could not prove that it is {site}; its security certificate is not valid at this time',
      'This server could not prove that it is {site}; its security certificate expired',
      'Dieser Server konnte nicht beweisen, dass er {site} ist. Sein Sicherheitszertifikat ist zurzeit ungültig',
      'Dieser Server konnte nicht beweisen, dass er {site} ist. Sein Sicherheitszertifikat ist',
    ],
    'cert-untrusted': [
      "This server could not prove that it is {site}; its security certificate is not trusted by your computer's operating system",
      'Dieser Server konnte nicht beweisen, dass er {site} ist. Sein Sicherheitszertifikat wird vom Betriebssystem deines Computers als nicht vertrauenswürdig eingestuft',
      "Impossible de vérifier que ce serveur est bien {site}, car son certificat de sécurité n'est pas considéré comme fiable",
      'Este servidor no ha podido probar que su dominio es {site}, el sistema operativo de tu ordenador no confía en su certificado',
    ],
    'cert-revoked': ['This server could not prove that it is {site}; its security certificate might be revoked'],
    'cert-intercepted': [
      'Applications that can cause this error include antivirus, firewall and web-filtering or proxy software',
      'Anwendungen, die diesen Fehler verursachen können, sind Antivirensoftware',
      "Les antivirus, les pare-feu et les logiciels de filtrage Web ou de proxy font partie des applications qui peuvent être à l'origine du problème",
    ],
    'http-portal': [
      "The Wi-Fi you are using may require you to visit its login page", 'The network you are using may require you to visit its login page',
      'Connect to network', 'Mit Netzwerk verbinden', 'Connectez-vous au réseau', 'Conéctate a la red',
    ],
    'http-forbidden': [
      'Access to {site} was denied', 'Der Zugriff auf {site} wurde verweigert', "L'accès à {site} a été refusé", 'Se ha denegado el acceso a {site}',
      "You don't have authorisation to view this page", "You don't have authorization to view this page",
      'Du bist nicht zum Aufrufen dieser Seite autorisiert', "Vous n'êtes pas autorisé à consulter cette page", 'No tienes autorización para ver esta página',
    ],
    'http-server-error': [
      '{site} is currently unable to handle this request', '{site} kann diese Anfrage momentan nicht verarbeiten',
      "Impossible de traiter cette demande via {site} à l'heure actuelle", 'La página {site} no puede procesar esta solicitud ahora',
    ],
    'http-not-found': [
      'No webpage was found for the web address', 'No web page was found for the web address', 'Für folgende Webadresse wurde keine Webseite gefunden',
      "Aucune page Web trouvée à l'adresse", 'No se ha encontrado ninguna página web para la dirección',
    ],
  },
  vague: {
    'page-failed': [
      "This site can't be reached", "This site couldn't be reached", "This webpage is not available", 'Die Website ist nicht erreichbar',
      'Diese Website ist nicht erreichbar', 'Ce site est inaccessible', "Impossible d'accéder à ce site",
      'No se puede acceder a este sitio web', 'No se puede acceder a este sitio', 'No se ha podido acceder a este sitio',
      "This page isn't working", 'Diese Seite funktioniert nicht', 'Cette page ne fonctionne pas', 'Esta página no funciona',
      'The webpage at {url} might be temporarily down or it may have moved permanently to a new web address',
      'The web page at {url} might be temporarily down or it may have moved permanently to a new web address',
      'Die Webseite unter {url} ist eventuell vorübergehend nicht verfügbar',
      "Il se peut que la page Web à l'adresse {url} soit temporairement inaccessible",
      'Es posible que la página web {url} esté temporalmente inactiva',
      'Firewall or antivirus software may have blocked the connection',
      'Möglicherweise wurde die Verbindung von einer Firewall oder Antivirensoftware blockiert',
      "Il est possible qu'un pare-feu ou un logiciel antivirus ait bloqué la connexion",
      'Puede que el cortafuegos o el software antivirus hayan bloqueado la conexión',
    ],
    'tls-failed': [
      "This site can't provide a secure connection", 'Diese Website kann keine sichere Verbindung bereitstellen',
      'Ce site ne peut pas fournir de connexion sécurisée', 'Este sitio web no puede proporcionar una conexión segura',
      'Este sitio no puede proporcionar una conexión segura',
    ],
    'tls-version': [
      "The client and server don't support a common SSL protocol version or cipher suite",
      'Client und Server unterstützen keine gemeinsame SSL-Protokollversion',
      'Le client et le serveur ne sont pas compatibles avec une version de protocole',
      'El cliente y el servidor no son compatibles con la misma versión de protocolo SSL',
    ],
    'https-forced': [
      "{site} doesn't support a secure connection with HTTPS", "{site} doesn't support a secure connection", "This site doesn't support a secure connection",
      '{site} unterstützt keine sichere Verbindung mit HTTPS', '{site} ne prend pas en charge les connexions sécurisées via HTTPS',
      '{site} no admite una conexión segura con HTTPS',
      'You cannot visit {site} right now because the website uses HSTS',
    ],
    'cert-invalid': [
      'Your connection is not private', "Your connection isn't private", 'Dies ist keine sichere Verbindung', 'Ihre Verbindung ist nicht privat',
      "Votre connexion n'est pas privée", 'La conexión no es privada', 'Tu conexión no es privada', 'Attackers might be trying to steal your information from {site}',
      'This server could not prove that it is {site}', 'Dieser Server konnte nicht beweisen, dass er {site} ist',
    ],
    'cert-intercepted': ['{site} normally uses encryption to protect your information'],
    'request-failed': ['TypeError: Failed to fetch', 'Failed to load resource: net'],
  },
};
