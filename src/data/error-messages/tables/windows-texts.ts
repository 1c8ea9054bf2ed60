import type { MessageTable } from '../types.js';

export const windowsTexts: MessageTable = {
  from: 'windows',
  layer: 'system',
  source: 'Windows system messages (FormatMessage) in English, German, French and Spanish, as printed in public bug reports; ping.exe',
  messages: {
    refused: [
      'No connection could be made because the target machine actively refused it', 'Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte', "Aucune connexion n'a pu être établie car l'ordinateur cible l'a expressément refusée",
      'No se puede establecer una conexión ya que el equipo de destino denegó expresamente dicha conexión', 'da der Zielcomputer die Verbindung verweigerte', "l'ordinateur cible l'a expressément refusée", 'el equipo de destino denegó expresamente dicha conexión',
    ],
    'connect-timeout': [
      'A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond', 'A connection attempt failed because the connected party did not properly respond after a period of time',
      'Ein Verbindungsversuch ist fehlgeschlagen, da die Gegenstelle nach einer bestimmten Zeitspanne nicht richtig reagiert hat, oder die hergestellte Verbindung war fehlerhaft, da der verbundene Host nicht reagiert hat',
      'Ein Verbindungsversuch ist fehlgeschlagen, da die Gegenstelle nach einer bestimmten Zeitspanne nicht', 'da die Gegenstelle nach einer bestimmten Zeitspanne nicht ordnungsgemäß reagiert hat', 'Fehler beim Herstellen der Verbindung, weil die Gegenstelle nach einer bestimmten Zeitspanne nicht ordnungsgemäß reagiert hat',
      "Une tentative de connexion a échoué car le parti connecté n'a pas répondu convenablement au-delà d'une certaine durée ou une connexion établie a échoué car l'hôte de connexion n'a pas répondu", "Une tentative de connexion a échoué car le parti connecté n'a pas répondu convenablement",
      'Se produjo un error durante el intento de conexión ya que la parte conectada no respondió adecuadamente tras un periodo de tiempo, o bien se produjo un error en la conexión establecida ya que el host conectado no ha podido responder',
      'Se produjo un error durante el intento de conexión ya que la parte conectada no respondió adecuadamente',
    ],
    reset: [
      'An existing connection was forcibly closed by the remote host', 'Eine vorhandene Verbindung wurde vom Remotehost geschlossen', "Une connexion existante a dû être fermée par l'hôte distant", 'Se ha forzado la interrupción de una conexión existente por el host remoto',
      'The connection with the server was reset', 'Die Verbindung mit dem Server wurde zurückgesetzt', 'La connexion avec le serveur a été réinitialisée', 'Se restableció la conexión con el servidor',
    ],
    aborted: [
      'An established connection was aborted by the software in your host machine', 'Eine bestehende Verbindung wurde softwaregesteuert durch den Hostcomputer abgebrochen', 'Une connexion établie a été abandonnée par un logiciel de votre ordinateur hôte', 'Se ha anulado una conexión establecida por el software en su equipo host',
    ],
    'network-unreachable': [
      'A socket operation was attempted to an unreachable network', 'Ein Socketvorgang bezog sich auf ein nicht verfügbares Netzwerk', 'Une opération a été tentée sur un réseau impossible à atteindre', 'Une opération de socket a été tentée sur un réseau impossible à atteindre', 'Se ha intentado una operación de socket en una red no accesible',
      'Destination net unreachable', 'Zielnetz nicht erreichbar', 'Réseau de destination injoignable', 'Red de destino inaccesible',
    ],
    'host-unreachable': [
      'A socket operation was attempted to an unreachable host', 'Ein Socketvorgang bezog sich auf einen nicht verfügbaren Host', 'Une opération de socket a été tentée sur un hôte impossible à atteindre', "Une opération a été tentée sur un hôte impossible à atteindre", 'Se ha intentado una operación de socket en un host no accesible',
      'Destination host unreachable', 'Zielhost nicht erreichbar', "Impossible de joindre l'hôte de destination", 'Host de destino inaccesible',
    ],
    'not-permitted': [
      'An attempt was made to access a socket in a way forbidden by its access permissions', 'Der Zugriff auf einen Socket war aufgrund der Zugriffsrechte des Sockets unzulässig', "Une tentative d'accès à un socket de manière interdite par ses autorisations d'accès a été tentée", 'Intento de acceso a un socket no permitido por sus permisos de acceso',
      "une manière interdite par ses autorisations d'accès",
    ],
    'name-unresolved': [
      'No such host is known', 'Der angegebene Host ist unbekannt', 'Es ist kein solcher Host bekannt', 'Hôte inconnu', 'Host desconocido', 'No such host is known. (os error 11001)', 'Ping request could not find host {host}. Please check the name and try again', 'Ping-Anforderung konnte Host {host} nicht finden', "La requête Ping n'a pas pu trouver l'hôte {host}",
      'La solicitud de ping no pudo encontrar el host {host}', 'The server name or address could not be resolved', 'Der Servername oder die Serveradresse konnte nicht verarbeitet werden', "Le nom de serveur ou l'adresse n'a pas pu être résolu", 'No se pudo resolver el nombre de servidor o su dirección', 'getaddrinfo failed',
      "can't find {host}: Non-existent domain",
    ],
    'name-lookup-fails': [
      'This is usually a temporary error during hostname resolution and means that the local server did not receive a response from an authoritative server', 'Dies ist normalerweise ein zeitweiliger Fehler bei der Auflösung von Hostnamen', 'DNS request timed out', 'The name resolver service is unavailable',
      'Ceci est habituellement une erreur temporaire qui se produit durant la résolution du nom d\'hôte', 'Normalmente, éste es un error temporal que se produce durante la resolución de nombres de host', 'DNS server not responding', "Your computer appears to be correctly configured, but the device or resource (DNS server) is not responding", 'Der DNS-Server antwortet nicht', 'Le serveur DNS ne répond pas', 'El servidor DNS no responde',
    ],
    'name-without-address': [
      'The requested name is valid, but no data of the requested type was found', 'The requested name is valid and was found in the database, but it does not have the correct associated data being resolved for', 'Der angeforderte Name ist gültig, es wurden jedoch keine Daten des angeforderten Typs gefunden',
      'Le nom demandé est valide, mais aucune donnée du type requis n\'a été trouvée', 'El nombre solicitado es válido, pero no se encontraron datos del tipo solicitado',
    ],
    'connect-failed': [
      'A connection with the server could not be established', 'Es konnte keine Verbindung mit dem Server hergestellt werden', "Il est impossible d'établir une connexion avec le serveur", 'No se pudo establecer conexión con el servidor', 'No se puede establecer una conexión con el servidor',
      "Remote Desktop can't connect to the remote computer for one of these reasons", 'Der Remotedesktop kann aus einem der folgenden Gründe keine Verbindung mit dem Remotecomputer herstellen', 'Le Bureau à distance ne peut pas se connecter à l\'ordinateur distant', 'Escritorio remoto no puede conectarse al equipo remoto',
    ],
    'connection-lost': ['The connection with the server was terminated abnormally', 'Die Serververbindung wurde aufgrund eines Fehlers beendet', 'La connexion avec le serveur a été interrompue anormalement', 'Se terminó de manera anormal la conexión con el servidor'],
    'timed-out': ['Request timed out', 'Zeitüberschreitung der Anforderung', "Délai d'attente de la demande dépassé", 'Tiempo de espera agotado para esta solicitud', 'The semaphore timeout period has expired', 'Das Zeitlimit für die Semaphore wurde erreicht'],
    'out-of-ports': [
      'Only one usage of each socket address (protocol/network address/port) is normally permitted', 'The requested address is not valid in its context', 'Normalerweise darf jede Socketadresse (Protokoll, Netzwerkadresse oder Anschluss) nur jeweils einmal verwendet werden',
      "Une seule utilisation de chaque adresse de socket (protocole/adresse réseau/port) est habituellement autorisée", 'Solo se permite un uso de cada dirección de socket (protocolo/dirección de red/puerto)',
    ],
    'local-file-limit': ['An operation on a socket could not be performed because the system lacked sufficient buffer space or because a queue was full'],
    'cert-untrusted': [
      'A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider', 'The certificate chain was issued by an authority that is not trusted', 'Eine Zertifikatkette wurde zwar verarbeitet, endete jedoch mit einem Stammzertifikat, das beim Vertrauensanbieter nicht als vertrauenswürdig gilt',
    ],
    'cert-revocation-unchecked': ['The revocation function was unable to check revocation because the revocation server was offline', 'Die Sperrfunktion konnte die Sperrung nicht überprüfen, da der Sperrserver offline war'],
    'tls-version': ['The client and server cannot communicate, because they do not possess a common algorithm'],
    'tls-failed': ['A security error occurred', 'Es ist ein Sicherheitsfehler aufgetreten', "Une erreur de sécurité s'est produite", 'Error de seguridad'],
  },
};
