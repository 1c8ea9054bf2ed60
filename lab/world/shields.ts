// Real security programs on the device: a web shield (Squid with TLS interception, c-icap with virus_scan, clamd), mitmproxy,
// clamonacc. Each has signatures and an authority of its own, made in the world.
import { labProgram } from './places.js';
import type { DaemonStep, RunStep, Step } from './steps.js';
import { nft } from './steps.js';

/** What the lab's signature finds, wherever it stands. */
export const HARMFUL = 'WHOBLOCKED-LAB-HARMFUL-7c1e';
const signature = (name: string): string => `${name}:0:*:${Buffer.from(HARMFUL).toString('hex')}`;

/** clamd with one signature; its settings lie where Debian's do. */
export function clamd(
  settings: readonly string[] = [],
  name = 'Lab.Harmful',
  place = { settings: '{etc}/clamav/clamd.conf', name: 'clamd' },
): DaemonStep {
  const usual = [
    'DatabaseDirectory {dir}/db',
    `LocalSocket {world}/${place.name}.sock`,
    'LocalSocketMode 666',
    `PidFile {world}/${place.name}.pid`,
    `LogFile {world}/${place.name}.log`,
    'LogTime yes',
    'Foreground yes',
    'ExitOnOOM yes',
  ];
  return {
    do: 'daemon',
    on: 'device',
    files: {
      [place.settings]: `${[...usual, ...settings].join('\n')}\n`,
      '{dir}/db/lab.ndb': `${signature(name)}\n`,
    },
    line: ['clamd', '-c', place.settings],
    ready: { file: `{world}/${place.name}.sock` },
  };
}

/**
 * When it is killed it leaves its shared memory and its semaphores behind, in a place that is the whole machine's: one of its
 * own goes with it.
 */
export const icapProgram = [
  'unshare', '-m', '--propagation', 'private', 'sh', '-c', 'mount -t tmpfs shm /dev/shm && exec "$0" "$@"', 'c-icap',
] as const; // prettier-ignore

/** c-icap with virus_scan, which asks clamd. */
export const icapSettings = [
  'InterProcessLockingScheme posix',
  'PidFile {dir}/c-icap.pid',
  'CommandsSocket {dir}/c-icap.ctl',
  'Port 127.0.0.1:1344',
  'StartServers 1',
  'MaxServers 1',
  'MinSpareThreads 2',
  'ThreadsPerChild 5',
  'TmpDir {dir}',
  'ServerLog {world}/c-icap-server.log',
  'AccessLog {dir}/access.log',
  'DebugLevel 1',
  'ModulesDir {c-icap}',
  'ServicesDir {c-icap}',
  'TemplateDir /usr/share/c_icap/templates/',
  'LoadMagicFile /etc/c-icap/c-icap.magic',
  'Module common clamd_mod.so',
  'clamd_mod.ClamdSocket {world}/clamd.sock',
  'Service antivirus_module virus_scan.so',
  'ServiceAlias avscan virus_scan?allow204=on&sizelimit=off&mode=simple',
  'virus_scan.ScanFileTypes TEXT DATA EXECUTABLE ARCHIVE GIF JPEG MSOFFICE',
  'virus_scan.MaxObjectSize 5M',
  'virus_scan.DefaultEngine clamd',
];

/** A scanner of the shield's own: this device's clamd, whose settings lie where Debian's do, knows another signature. */
function scannersApart(): DaemonStep[] {
  const own = clamd([], 'Lab.Harmful', { settings: '{world}/shield-clamd.conf', name: 'shield-clamd' });
  const other: DaemonStep = clamd();
  return [
    own,
    {
      ...other,
      files: { ...other.files, '{dir}/db/lab.ndb': `Lab.Other:0:*:${Buffer.from('another one').toString('hex')}\n` },
    },
  ];
}

function icap(socket = 'clamd'): DaemonStep {
  return {
    do: 'daemon',
    on: 'device',
    files: { '{etc}/c-icap/c-icap.conf': `${icapSettings.join('\n')}\n`.replace('clamd.sock', `${socket}.sock`) },
    line: [...icapProgram, '-N', '-f', '{etc}/c-icap/c-icap.conf'],
    ready: { listens: 1344 },
  };
}

/** openssl(1): the shield's own authority. */
export const shieldAuthority = [
  'openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', '{world}/shield/ca.key', '-out', '{world}/shield/ca.pem',
  '-days', '3650', '-subj', '/O=Lab Shield/CN=Lab Web Shield Root', '-addext', 'basicConstraints=critical,CA:TRUE',
] as const; // prettier-ignore

/** The account under which the shield speaks with the outside, so that its own connections pass. */
const account = 'proxy';

/** Squid as a web shield: with a scanner behind it or without, looking into encrypted connections or not. */
export function squidSettings(scans: boolean, looksIn: boolean): string[] {
  return [
    'http_port 127.0.0.1:3128',
    'http_port 3129 intercept',
    'https_port 3130 intercept ssl-bump tls-cert={world}/shield/both.pem generate-host-certificates=on dynamic_cert_mem_cache_size=4MB',
    'sslcrtd_program /usr/lib/squid/security_file_certgen -s {dir}/certificates -M 4MB',
    'acl step1 at_step SslBump1',
    'ssl_bump peek step1',
    looksIn ? 'ssl_bump bump all' : 'ssl_bump splice all',
    'sslproxy_cert_error allow all',
    'tls_outgoing_options flags=DONT_VERIFY_PEER',
    'http_access allow all',
    ...(scans
      ? [
          'icap_enable on',
          'icap_service av respmod_precache icap://127.0.0.1:1344/avscan bypass=off',
          'adaptation_access av allow all',
        ]
      : []),
    'cache deny all',
    'dns_nameservers 203.0.113.53',
    'pid_filename {dir}/squid.pid',
    'access_log stdio:{dir}/access.log',
    'cache_log {dir}/cache.log',
    'coredump_dir {dir}',
    'shutdown_lifetime 0 seconds',
    'visible_hostname shield',
    'pinger_enable off',
  ];
}

function squid(scans: boolean, looksIn: boolean): DaemonStep {
  return {
    do: 'daemon',
    on: 'device',
    user: account,
    files: { '{dir}/squid.conf': `${squidSettings(scans, looksIn).join('\n')}\n` },
    prepare: [['/usr/lib/squid/security_file_certgen', '-c', '-s', '{dir}/certificates', '-M', '4MB']],
    line: ['squid', '-N', '-f', '{dir}/squid.conf'],
    ready: { listens: 3130 },
  };
}

function run(...line: [string, ...string[]]): RunStep {
  return { do: 'run', on: 'device', line };
}

/** Makes the shield's own authority; both files of it in one, as Squid wants them. */
const makeAuthority: readonly Step[] = [
  run('mkdir', '-p', '{world}/shield'),
  run(...shieldAuthority),
  // The shell's text is fixed.
  run('sh', '-c', 'cat "$0/ca.pem" "$0/ca.key" > "$0/both.pem"; chmod 644 "$0"/*', '{world}/shield'),
];

const redirects = (plain: number, encrypted: number): Step =>
  nft(
    'device',
    `table inet shield { chain out { type nat hook output priority -100; policy accept;
      meta skuid != "${account}" oifname "eth0" tcp dport 80 redirect to :${plain}
      meta skuid != "${account}" oifname "eth0" tcp dport 443 redirect to :${encrypted}
    }
    }\n`,
  );

export interface ShieldOptions {
  /** Without a scanner Squid only looks into connections. */
  readonly scans?: boolean;
  /** It passes encrypted connections on as they are. */
  readonly looksIn?: boolean;
  /** The scanner behind it has died. */
  readonly scannerGone?: true;
  /** The scanner behind it is another one than this device's, which finds nothing in what that one blocks. */
  readonly scannersApart?: true;
}

/** The whole web shield, before every web page that this device opens. */
export function webShield({
  scans = true,
  looksIn = true,
  scannerGone,
  scannersApart: apart,
}: ShieldOptions = {}): Step[] {
  const scanner: Step[] = !scans ? [] : apart ? [...scannersApart(), icap('shield-clamd')] : [clamd(), icap()];
  const end = run('sh', '-c', 'kill -9 "$(cat "$0")"', '{world}/clamd.pid');
  return [...scanner, ...makeAuthority, squid(scans, looksIn), redirects(3129, 3130), ...(scannerGone ? [end] : [])];
}

/** mitmproxy; its authority is in {world}/mitm. */
function mitmdump(on: 'device' | 'home'): Step[] {
  return [
    run('sh', '-c', 'mkdir -p "$0" && chown "$1" "$0"', '{world}/mitm', account),
    {
      do: 'daemon',
      on,
      user: account,
      line: [
        'env', 'HOME={dir}', 'mitmdump', '--mode', 'transparent', '-p', '8080', '--set', 'confdir={world}/mitm', '--ssl-insecure', '-q',
      ],
      ready: { listens: 8080 },
    }, // prettier-ignore
  ];
}

/** Before every encrypted connection of this device. */
export function mitmproxy(): Step[] {
  return [...mitmdump('device'), redirects(8080, 8080)];
}

/** On the router of the home network, before whatever comes from this device. */
export function mitmproxyOnWay(): Step[] {
  return [
    ...mitmdump('home'),
    nft(
      'home',
      `table inet gateway { chain pre { type nat hook prerouting priority dstnat
        iifname "lan" tcp dport 443 redirect to :8080
      }
      }\n`,
    ),
  ];
}

/**
 * Keeps the authority of mitmproxy in the store of this account's browsers. `C,,`: it is trusted to sign those of web sites;
 * `,,`: it only lies there (certutil(1)).
 */
export function inBrowserStore(trust: 'C,,' | ',,'): Step[] {
  const store = '{world}/home/.pki/nssdb';
  const authority = '{world}/mitm/mitmproxy-ca-cert.pem';
  return [
    run('mkdir', '-p', store),
    run('certutil', '-N', '-d', `sql:${store}`, '--empty-password'),
    run('certutil', '-A', '-d', `sql:${store}`, '-n', 'added', '-t', trust, '-i', authority),
    run('chmod', '-R', 'a+rX', '{world}/home'),
  ];
}

const fileGuard = labProgram('file-guard.py');

/** A program in a folder that clamonacc watches, and what stands in it. */
export function program(name: string, content: string, mode = '755'): Step[] {
  const file = `{world}/watched/${name}`;
  return [
    { do: 'file', on: 'device', path: file, content: `#!/bin/sh\n# ${content}\nexit 0\n` },
    run('chmod', mode, file),
  ];
}

export interface OnAccess {
  /** It moves what it finds there instead of forbidding it. */
  readonly moves?: true;
  /** clamd dies behind it. */
  readonly scannerGone?: true;
  /** clamd opens the files itself, as its own account, which clamonacc lets pass. */
  readonly opensItself?: true;
}

/** clamonacc with clamd behind it; it watches {world}/watched, and forbids that anything is opened in which it finds something. */
export function onAccess({ moves, scannerGone, opensItself }: OnAccess = {}): Step[] {
  const watching = ['OnAccessIncludePath {world}/watched', 'OnAccessPrevention yes', 'OnAccessExcludeUname clamav'];
  const move = ['--move={world}/quarantine'];
  const daemon: DaemonStep = {
    do: 'daemon',
    on: 'device',
    line: [
      'clamonacc', '--foreground', ...(opensItself ? [] : ['--fdpass']), '--config-file={etc}/clamav/clamd.conf', '--log={world}/clamonacc.log', ...(moves ? move : []),
    ],
    ready: { says: 'watching' },
  }; // prettier-ignore
  const end = run('sh', '-c', 'kill -9 "$(cat "$0")"', '{world}/clamd.pid');
  return [
    run('mkdir', '-p', '{world}/watched', '{world}/quarantine'),
    // Its socket is laid there by clamd's own account.
    ...(opensItself ? [run('chmod', 'o+w', '{world}')] : []),
    clamd([...watching, ...(opensItself ? ['User clamav'] : [])]),
    daemon,
    ...(scannerGone ? [end] : []),
  ];
}

/** Another guard that is asked before files are opened, of the lab's own; `looks-up`: it opens a file of that folder itself. */
export function secondGuard(manner: 'mute' | 'honest' | 'looks-up'): Step[] {
  return [
    { do: 'file', on: 'device', path: '{world}/watched/signatures', content: 'none\n' },
    {
      do: 'daemon',
      on: 'device',
      line: ['python3', fileGuard, '{world}/watched', manner, '{world}/watched/signatures'],
      ready: { says: 'watching' },
    },
  ];
}

/** Somebody opens the program, whatever comes of it; a scanner that moves files does so now. */
export function opened(name: string): Step {
  return { ...run('sh', '-c', 'cat "$0" > /dev/null; sleep 1', `{world}/watched/${name}`), mayFail: true };
}
