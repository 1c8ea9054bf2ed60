/**
 * Security products of Linux by the programs that they run. Guards are found by what they hold (fanotify, NFQUEUE, the
 * other end of a connection); this table only puts a name to them, and a row proves nothing by itself.
 * `tried` is true where the row was held against the real product in the lab; all others are from the makers' own
 * documents (`source`), and the output says so.
 */
export interface GuardProduct {
  readonly name: string;
  readonly kind: ProductKind;
  /** Names of its processes, as the kernel cuts them off: 15 bytes. */
  readonly processes: readonly string[];
  /** Where its programs lie. */
  readonly folders: readonly string[];
  readonly tried: boolean;
  readonly source: string;
}

type ProductKind =
  | 'antivirus'
  | 'endpoint-protection'
  | 'allow-list'
  | 'application-firewall'
  | 'web-filter'
  | 'debugging';

export const guardProducts: readonly GuardProduct[] = [
  row('ClamAV', 'antivirus', 'clamonacc clamd', '', 'https://docs.clamav.net/manual/OnAccess.html', true),
  row('c-icap', 'web-filter', 'c-icap', '', 'https://c-icap.sourceforge.net/', true),
  row('Squid', 'web-filter', 'squid', '', 'http://www.squid-cache.org/', true),
  row('mitmproxy', 'debugging', 'mitmproxy mitmdump mitmweb', '', 'https://docs.mitmproxy.org/', true),
  row('maldet', 'antivirus', 'maldet', '/usr/local/maldetect', 'https://github.com/rfxn/linux-malware-detect'),
  row('fapolicyd', 'allow-list', 'fapolicyd', '', 'https://github.com/linux-application-whitelisting/fapolicyd'),
  row(
    'Sophos',
    'endpoint-protection',
    'sophos_watchdog sophos_threat_d savd savscand',
    '/opt/sophos-spl /opt/sophos-av',
    'https://docs.sophos.com/central/customer/help/en-us/PeopleAndDevices/ProtectDevices/ServerProtection/',
  ),
  row('ESET', 'endpoint-protection', 'oaeventd wapd', '/opt/eset', 'https://help.eset.com/essl/'),
  row(
    'Bitdefender',
    'endpoint-protection',
    'bdsecd auctld epagd bdsrvscand',
    '/opt/bitdefender-security-tools',
    'https://www.bitdefender.com/business/support/en/77209-157498-security-agent-for-linux.html',
  ),
  row(
    'Kaspersky',
    'endpoint-protection',
    'kesl kesl-supervisor kesl-gui',
    '/opt/kaspersky',
    'https://support.kaspersky.com/KES4Linux/',
  ),
  row(
    'Microsoft Defender',
    'endpoint-protection',
    'wdavdaemon mdatp',
    '/opt/microsoft/mdatp',
    'https://learn.microsoft.com/defender-endpoint/microsoft-defender-endpoint-linux',
  ),
  row(
    'CrowdStrike Falcon',
    'endpoint-protection',
    'falcond falcon-sensor falcon-sensor-b',
    '/opt/CrowdStrike',
    'https://www.crowdstrike.com/tech-hub/endpoint-security/install-falcon-sensor-linux/',
  ),
  row(
    'SentinelOne',
    'endpoint-protection',
    's1-agent s1-orchestrator s1-network s1-scanner s1-firewall',
    '/opt/sentinelone',
    'https://www.sentinelone.com/platform/singularity-cloud-workload-security/',
  ),
  row(
    'Trend Micro',
    'endpoint-protection',
    'ds_agent ds_am vsapiapp splxmain',
    '/opt/ds_agent /opt/TrendMicro',
    'https://help.deepsecurity.trendmicro.com/',
  ),
  row('Trellix', 'endpoint-protection', 'mfetpd', '/opt/McAfee /opt/isec', 'https://docs.trellix.com/'),
  row(
    'Dr.Web',
    'antivirus',
    'drweb-configd drweb-spider drweb-gated',
    '/opt/drweb.com',
    'https://download.drweb.com/doc/',
  ),
  row('Avast', 'antivirus', 'avast avast-fss', '', 'https://www.avast.com/business/products/linux-antivirus'),
  row('WithSecure', 'endpoint-protection', '', '/opt/f-secure /opt/withsecure', 'https://help.f-secure.com/'),
  row('OpenSnitch', 'application-firewall', 'opensnitchd', '', 'https://github.com/evilsocket/opensnitch', true),
  row('Portmaster', 'application-firewall', 'portmaster-core', '/opt/safing', 'https://docs.safing.io/portmaster/'),
  row('E2guardian', 'web-filter', 'e2guardian', '', 'https://github.com/e2guardian/e2guardian'),
  row(
    'AdGuard',
    'web-filter',
    'adguard-cli AdGuardHome',
    '/opt/adguard-cli',
    'https://adguard.com/kb/adguard-for-linux/',
  ),
];

function row(
  name: string,
  kind: ProductKind,
  processes: string,
  folders: string,
  source: string,
  tried = false,
): GuardProduct {
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  return { name, kind, processes: words(processes), folders: words(folders), tried, source };
}

/** Whose program it is, by the file that runs where that is known, else by the process's name. */
export function guardProduct(process: string, program: string | null): GuardProduct | undefined {
  const inFolder = guardProducts.find((one) => one.folders.some((folder) => program?.startsWith(`${folder}/`)));
  return inFolder ?? guardProducts.find((one) => one.processes.includes(process));
}
