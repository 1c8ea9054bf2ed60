import type { MeaningId } from '../meanings/index.js';
import type { MessageTable } from '../types.js';

/** Winsock numbers and their names (winsock2.h). As HRESULT they are 0x8007 and the number in hexadecimal. */
const winsock: readonly (readonly [number: number, name: string, meaning: MeaningId])[] = [
  [10013, 'WSAEACCES', 'not-permitted'],
  [10024, 'WSAEMFILE', 'out-of-files'],
  [10047, 'WSAEAFNOSUPPORT', 'unusable-address'],
  [10048, 'WSAEADDRINUSE', 'port-taken'],
  [10049, 'WSAEADDRNOTAVAIL', 'out-of-ports'],
  [10050, 'WSAENETDOWN', 'offline'],
  [10051, 'WSAENETUNREACH', 'network-unreachable'],
  [10052, 'WSAENETRESET', 'connection-lost'],
  [10053, 'WSAECONNABORTED', 'aborted'],
  [10054, 'WSAECONNRESET', 'reset'],
  [10055, 'WSAENOBUFS', 'local-file-limit'],
  [10057, 'WSAENOTCONN', 'connection-lost'],
  [10058, 'WSAESHUTDOWN', 'connection-lost'],
  [10060, 'WSAETIMEDOUT', 'connect-timeout'],
  [10061, 'WSAECONNREFUSED', 'refused'],
  [10064, 'WSAEHOSTDOWN', 'host-unreachable'],
  [10065, 'WSAEHOSTUNREACH', 'host-unreachable'],
  [11001, 'WSAHOST_NOT_FOUND', 'name-unresolved'],
  [11002, 'WSATRY_AGAIN', 'name-lookup-fails'],
  [11003, 'WSANO_RECOVERY', 'resolver-error'],
  [11004, 'WSANO_DATA', 'name-without-address'],
];

/** WinINet and WinHTTP numbers (wininet.h, winhttp.h). */
const wininet: readonly (readonly [number: number, name: string, meaning: MeaningId])[] = [
  [12002, 'ERROR_INTERNET_TIMEOUT', 'timed-out'],
  [12005, 'ERROR_INTERNET_INVALID_URL', 'bad-address'],
  [12006, 'ERROR_INTERNET_UNRECOGNIZED_SCHEME', 'bad-address'],
  [12007, 'ERROR_INTERNET_NAME_NOT_RESOLVED', 'name-unresolved'],
  [12009, 'ERROR_INTERNET_INVALID_OPTION', 'not-network'],
  [12029, 'ERROR_INTERNET_CANNOT_CONNECT', 'connect-failed'],
  [12030, 'ERROR_INTERNET_CONNECTION_ABORTED', 'connection-lost'],
  [12031, 'ERROR_INTERNET_CONNECTION_RESET', 'reset'],
  [12037, 'ERROR_INTERNET_SEC_CERT_DATE_INVALID', 'cert-date'],
  [12038, 'ERROR_INTERNET_SEC_CERT_CN_INVALID', 'cert-name'],
  [12044, 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED', 'client-certificate'],
  [12045, 'ERROR_INTERNET_INVALID_CA', 'cert-untrusted'],
  [12057, 'ERROR_INTERNET_SEC_CERT_REV_FAILED', 'cert-revocation-unchecked'],
  [12150, 'ERROR_HTTP_HEADER_NOT_FOUND', 'bad-answer'],
  [12152, 'ERROR_HTTP_INVALID_SERVER_RESPONSE', 'bad-answer'],
  [12156, 'ERROR_HTTP_REDIRECT_FAILED', 'redirect-loop'],
  [12157, 'ERROR_INTERNET_SECURITY_CHANNEL_ERROR', 'tls-version'],
  [12163, 'ERROR_INTERNET_DISCONNECTED', 'offline'],
  [12164, 'ERROR_INTERNET_SERVER_UNREACHABLE', 'connect-failed'],
  [12165, 'ERROR_INTERNET_PROXY_SERVER_UNREACHABLE', 'proxy-connect-failed'],
  [12166, 'ERROR_INTERNET_BAD_AUTO_PROXY_SCRIPT', 'proxy-settings'],
  [12167, 'ERROR_INTERNET_UNABLE_TO_DOWNLOAD_SCRIPT', 'proxy-settings'],
  [12169, 'ERROR_INTERNET_SEC_INVALID_CERT', 'cert-invalid'],
  [12170, 'ERROR_INTERNET_SEC_CERT_REVOKED', 'cert-revoked'],
  [12175, 'ERROR_INTERNET_DECODING_FAILED', 'secure-failure'],
  [12178, 'ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR', 'proxy-settings'],
  [12180, 'ERROR_WINHTTP_AUTODETECTION_FAILED', 'proxy-settings'],
];

/** Other HRESULTs (winerror.h; Windows Update's own from wuerror.h). */
const results: Partial<Record<MeaningId, readonly string[]>> = {
  'secure-failure': ['ERROR_WINHTTP_SECURE_FAILURE'],
  'tls-failed': [
    '0x80090331',
    '0x80090304',

    'WINHTTP_CALLBACK_STATUS_SECURITY_CHANNEL_ERROR',
  ],
  'tls-not-spoken': ['0x80090308', 'SEC_E_INVALID_TOKEN'],
  'tls-version': [
    'SEC_E_ALGORITHM_MISMATCH',
    '0x80090331 SEC_E_ALGORITHM_MISMATCH',
    'SEC_E_UNSUPPORTED_FUNCTION',
    '0x80090302',
  ],
  'tls-refused': ['SEC_E_ILLEGAL_MESSAGE', '0x80090326'],
  'cert-untrusted': [
    'CERT_E_UNTRUSTEDROOT',
    '0x800b0109',
    'SEC_E_UNTRUSTED_ROOT',
    '0x80090325',
    'CERT_E_UNTRUSTEDCA',
    '0x800b0112',
  ],
  'cert-chain': ['CERT_E_CHAINING', '0x800b010a'],
  'cert-expired': ['CERT_E_EXPIRED', '0x800b0101', 'SEC_E_CERT_EXPIRED', '0x80090328'],
  'cert-name': ['CERT_E_CN_NO_MATCH', '0x800b010f', 'SEC_E_WRONG_PRINCIPAL', '0x80090322'],
  'cert-revoked': ['CERT_E_REVOKED', '0x800b010c', 'CRYPT_E_REVOKED', '0x80092010'],
  'cert-revocation-unchecked': [
    'CRYPT_E_REVOCATION_OFFLINE',
    '0x80092013',
    'CRYPT_E_NO_REVOCATION_CHECK',
    '0x80092012',
    'CERT_E_REVOCATION_FAILURE',
    '0x800b010e',
  ],
  'clock-page': ['0x800b0102', 'CERT_E_VALIDITYPERIODNESTING', 'SEC_E_TIME_SKEW', '0x80090324'],
  'network-unreachable': [
    '0x800704cf',
    'ERROR_NETWORK_UNREACHABLE',
    'The network location cannot be reached',
    'Auf den Netzwerkspeicherort kann nicht zugegriffen werden',
    "Impossible d'atteindre l'emplacement réseau",
    'No se puede obtener acceso a la ubicación de red',
  ],
  'name-unresolved': [
    '0x80070035',
    'ERROR_BAD_NETPATH',
    'The network path was not found',
    'Der Netzwerkpfad wurde nicht gefunden',
    "Le chemin réseau n'a pas été trouvé",
    'No se ha encontrado la ruta de acceso de la red',
    '0x8024402c',
    'WU_E_PT_WINHTTP_NAME_NOT_RESOLVED',
    '0x80070043',
    'The network name cannot be found',
  ],
  'connect-failed': [
    '0x80240438',
    '0x800706ba',
    'The RPC server is unavailable',
    'Der RPC-Server ist nicht verfügbar',
    "Le serveur RPC n'est pas disponible",
    'El servidor RPC no está disponible',
    '0x204',
    '0x80072f30',
  ],
  'response-timeout': ['0x8024401c', 'WU_E_PT_HTTP_STATUS_REQUEST_TIMEOUT'],
  'http-login': ['0x80190191', '0x80244017'],
  'http-forbidden': ['0x80190193', '0x80244018'],
  'http-not-found': ['0x80190194', '0x80244019'],
  'proxy-login': ['0x80190197', '0x8024401b'],
  'http-server-error': ['0x801901f4', '0x8024401f'],
  'http-gateway': ['0x801901f6', '0x80244021'],
  'http-unavailable': ['0x801901f7', '0x80244022'],
  'http-gateway-timeout': ['0x801901f8', '0x80244023'],
  'antivirus-found': [
    '0x800700e1',
    'ERROR_VIRUS_INFECTED',
    'Operation did not complete successfully because the file contains a virus or potentially unwanted software',
    'Der Vorgang konnte nicht erfolgreich abgeschlossen werden, da die Datei einen Virus oder möglicherweise unerwünschte Software enthält',
  ],
};

const hresult = (number: number): string => `0x8007${number.toString(16).padStart(4, '0')}`;

function grouped(pick: (number: number, name: string) => string[]): Partial<Record<MeaningId, string[]>> {
  const rows: Partial<Record<MeaningId, string[]>> = {};
  for (const [number, name, meaning] of [...winsock, ...wininet]) (rows[meaning] ??= []).push(...pick(number, name));
  return rows;
}

const codes = grouped((number, name) => [name, hresult(number)]);

export const windowsCodes: MessageTable = {
  from: 'windows',
  layer: 'system',
  source: 'Windows SDK: winsock2.h, wininet.h, winhttp.h, winerror.h, wuerror.h',
  messages: Object.fromEntries(
    [...new Set([...Object.keys(codes), ...Object.keys(results)])].map((meaning) => [
      meaning,
      [...(codes[meaning as MeaningId] ?? []), ...(results[meaning as MeaningId] ?? [])],
    ]),
  ),
  numbers: grouped((number) => [String(number)]),
  marks: ['WinError {number}', 'wsarecv', 'connectex'],
};
