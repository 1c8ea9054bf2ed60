import type { VpnProfile } from '../../model/tunnel-facts.js';

const mostLines = 5_000;
const mostServers = 16;

type Read = Omit<VpnProfile, 'location' | 'servers'> & {
  readonly servers: readonly { readonly host: string; readonly line: number }[];
};

/**
 * A file of OpenVPN's (openvpn(8), "Options"): one option a line, with or without `--`; `#` and `;` begin comments; keys and
 * certificates stand between `<ca>` and `</ca>`. Null for one that calls nobody (a server's own).
 */
export function openvpnProfile(text: string): Read | null {
  const servers: { host: string; line: number }[] = [];
  let device: string | null = null;
  let takes: Read['takes'] = null;
  let inside: string | null = null;
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, mostLines)
    .entries()) {
    const tag = /^\s*<(\/?)([\w-]{1,40})>/.exec(line);
    // What stands within <connection> are options like any other.
    if (tag && tag[2] !== 'connection') inside = tag[1] === '/' ? null : (tag[2] ?? null);
    if (inside !== null || tag) continue;
    const [option = '', ...values] = wordsOf(line);
    const name = option.replace(/^--/, '');
    if (name === 'remote' && values[0] !== undefined && servers.length < mostServers)
      servers.push({ host: values[0], line: at + 1 });
    if (name === 'dev' && /^(?:tun|tap)\d{1,4}$/.test(values[0] ?? '')) device = values[0] ?? null;
    if (name === 'redirect-gateway') takes = values.includes('def1') ? 'halves' : 'default';
  }
  return servers.length === 0 ? null : { product: 'OpenVPN', device, takes, servers };
}

function wordsOf(line: string): string[] {
  const plain = line.slice(0, 500).replace(/(?:^|\s)[#;].*$/, '');
  return [...plain.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
