import type { MessageTable } from '../types.js';

export const posixTranslations: MessageTable = {
  from: 'posix',
  layer: 'system',
  source: 'glibc 2.36 message catalogues de, fr, es (read from libc.mo)',
  messages: {
    refused: [
      'Verbindungsaufbau abgelehnt',
      'Connexion refusée',
      'Conexión rehusada',
      'Verbindung verweigert',
      'Conexión rechazada',
      'Verbindung abgelehnt',
    ],
    'connect-timeout': [
      'Die Wartezeit für die Verbindung ist abgelaufen',
      "Connexion terminée par expiration du délai d'attente",
      'Expiró el tiempo de conexión',
      'Zeitüberschreitung der Verbindung',
      'Tiempo de conexión agotado',
    ],
    'network-unreachable': [
      'Das Netzwerk ist nicht erreichbar',
      "Le réseau n'est pas accessible",
      'La red es inaccesible',
      'Das Netzwerk ist nicht aktiv',
      'Le réseau ne fonctionne pas',
      'La red no está activa',
    ],
    'host-unreachable': [
      'Keine Route zum Zielrechner',
      "Aucun chemin d'accès pour atteindre l'hôte cible",
      "No existe ninguna ruta hasta el 'host'",
      'Der Rechner ist nicht aktiv',
      "L'hôte cible est arrêté ou en panne",
      "El 'host' no está operativo",
    ],
    reset: [
      'La connexion a été réinitialisée',
      'Die Verbindung wurde vom Kommunikationspartner zurückgesetzt',
      'Connexion ré-initialisée par le correspondant',
      'Conexión reinicializada por la máquina remota',
    ],
    aborted: [
      'Das Programm verursachte den Abbruch der Verbindung',
      "Le logiciel a provoqué l'abandon de la connexion",
      'El programa provocó el fin de la conexión',
    ],
    'broken-pipe': ['Datenübergabe unterbrochen (broken pipe)', 'Relais brisé (pipe)', 'Tubería rota'],
    'out-of-ports': [
      'Die angeforderte Adresse kann nicht zugewiesen werden',
      "Ne peut attribuer l'adresse demandée",
      'No se puede asignar la dirección solicitada',
    ],
    'out-of-files': ['Zu viele offene Dateien', 'Trop de fichiers ouverts', 'Demasiados ficheros abiertos'],
    'port-taken': ['Die Adresse wird bereits verwendet', 'Adresse déjà utilisée', 'La dirección ya se está usando'],
    'name-unresolved': [
      'Der Name oder der Dienst ist nicht bekannt',
      'Nom ou service inconnu',
      'Nombre o servicio desconocido',
    ],
    'name-lookup-fails': [
      'Temporärer Fehler bei der Namensauflösung',
      'Échec temporaire dans la résolution du nom',
      'Fallo temporal en la resolución del nombre',
    ],
    'resolver-error': [
      'Nicht-behebbarer Fehler in der Namensauflösung',
      'Échec non récupérable lors de la résolution du nom',
      'Fallo irrecuperable en la resolución del nombre',
    ],
    'name-without-address': [
      'Zu diesem Hostnamen gehört keine Adresse',
      "Aucune adresse associée avec le nom de l'hôte",
      'No existe ninguna dirección asociada al nombre',
    ],
    'connection-lost': [
      'Der Socket ist nicht verbunden',
      "Noeud final de transport n'est pas connecté",
      'El otro extremo de la conexión no está conectado',
    ],
  },
};
