import { canonical, familyOf } from '../../model/address.js';
import type { Files } from '../../model/system.js';
import type { TunnelEnd } from '../../model/tunnel-facts.js';

export type OpenvpnPeer = Pick<TunnelEnd, 'address' | 'port' | 'toldBy'>;

const mostBytes = 256 * 1024;
const mostLines = 5_000;
const mostPeers = 4;
const usualPort = 1_194;

/**
 * Where an OpenVPN that runs was told to send by UDP: `--remote` of its command line, or of the file below /etc/openvpn that it
 * was started with. Its socket says nothing of that (it is bound and not connected). Only addresses: what a name led to when
 * it was started nobody knows any more.
 */
export async function openvpnPeers(pid: number, files: Files): Promise<readonly OpenvpnPeer[]> {
  const line = await files.read(`/proc/${pid}/cmdline`, 16_384);
  if (!line.ok) return [];
  const words = Buffer.from(line.bytes).toString('latin1').split('\0', 1_000).slice(1);
  const given = peersIn(optionsOf(words), 'the command line of openvpn');
  if (given.length > 0) return given;
  const named =
    optionsOf(words).find(([name]) => name === 'config')?.[1] ?? (words.length === 2 ? words[0] : undefined);
  const file = named === undefined ? null : await placeOf(named, pid, files);
  const read = file === null ? null : await files.read(file, mostBytes);
  if (file === null || !read?.ok) return [];
  return peersIn(Buffer.from(read.bytes).toString('utf8').split(/\r?\n/, mostLines).map(plainWords), file);
}

/** Only where the system keeps them: a path of somebody else's choice is not opened. */
async function placeOf(named: string, pid: number, files: Files): Promise<string | null> {
  const path = named.startsWith('/') ? named : `${(await files.link(`/proc/${pid}/cwd`)) ?? ''}/${named}`;
  return /^\/etc\/openvpn\/(?:[\w-]{1,64}\/)?[\w.@-]{1,128}$/.test(path) && !path.includes('/..') ? path : null;
}

type Option = readonly string[];

/** `--remote 203.0.113.9 1194 --proto udp`: an option is what begins with two dashes, and all behind it is its own. */
function optionsOf(words: readonly string[]): Option[] {
  const options: string[][] = [];
  for (const word of words) {
    if (word.startsWith('--')) options.push([word.slice(2)]);
    else options.at(-1)?.push(word);
  }
  return options;
}

function plainWords(line: string): Option {
  const plain = line.slice(0, 500).replace(/(?:^|\s)[#;].*$/, '');
  return plain.trim().replace(/^--/, '').split(/\s+/);
}

function peersIn(options: readonly Option[], toldBy: string): OpenvpnPeer[] {
  const last = (name: string): string | undefined => options.findLast(([one]) => one === name)?.[1];
  if (last('proto')?.startsWith('tcp') === true) return [];
  const port = Number(last('rport') ?? last('port') ?? usualPort);
  return options
    .flatMap(([name, host, own, protocol]) =>
      name !== 'remote' || host === undefined || familyOf(host) === 0 || protocol?.startsWith('tcp') === true
        ? []
        : [{ address: canonical(host), port: own === undefined ? port : Number(own), toldBy }],
    )
    .filter((one) => one.port > 0 && one.port < 65_536)
    .slice(0, mostPeers);
}
