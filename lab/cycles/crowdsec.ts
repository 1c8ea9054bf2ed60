// CrowdSec's client as a fake (its package asks a server of its maker's to be installed): it keeps decisions in a file, prints
// them as cscli 1.4.6 does, and does at once to nftables what the bouncer would do.
import { mkdirSync, writeFileSync } from 'node:fs';
import { writeEtc, type Device } from './device.js';

const cscli = `#!/usr/bin/python3
import json, subprocess, sys, time
FILE = '/run/fake-crowdsec.json'
words = sys.argv[1:]
decisions = json.load(open(FILE))
def option(*names):
    return next((words[i + 1] for i, word in enumerate(words) if word in names), None)
value = option('--ip', '--range')
def nft(verb, element):
    subprocess.run(['nft', verb, 'element', 'ip', 'crowdsec', 'crowdsec-blacklists', '{ ' + element + ' }'], check=True)
def isBanned(address):
    return any(d['value'] == address and d['until'] > time.time() for d in decisions)
def left(d):
    minutes, seconds = divmod(d['until'] - time.time(), 60)
    return '%dh%dm%.9fs' % (*divmod(minutes, 60), seconds) if minutes >= 0 else '%.9fs' % (minutes * 60 + seconds)
if words[:2] == ['alerts', 'list']:
    alerts = [{'capacity': 0, 'created_at': '2026-11-27T20:00:00Z', 'decisions': [{
        'duration': left(d), 'id': d['id'], 'origin': d['origin'], 'scenario': d['scenario'], 'scope': 'Ip',
        'simulated': False, 'type': 'ban', 'value': d['value']}], 'events': None, 'events_count': 1, 'id': d['id'],
        'scenario': d['scenario'], 'simulated': False} for d in reversed(decisions) if value in (None, d['value'])]
    print(json.dumps(alerts) if alerts else 'null')
elif words[:3] == ['decisions', 'delete', '--id']:
    found = [d for d in decisions if d['id'] == int(words[3])]
    if not found:
        sys.exit("API error: decision with id '%s' doesn't exist: unable to delete" % words[3])
    banned = found[0]['value']
    wasBanned = isBanned(banned)
    found[0]['until'] = min(found[0]['until'], time.time())
    json.dump(decisions, open(FILE, 'w'))
    if wasBanned and not isBanned(banned):
        nft('delete', banned)
elif words[:2] == ['decisions', 'add']:
    seconds = int(option('--duration')[:-1])
    decisions.append({'id': len(decisions) + 1, 'value': value, 'origin': 'cscli', 'scenario': option('--reason'),
                      'until': time.time() + seconds})
    json.dump(decisions, open(FILE, 'w'))
    nft('add', value)
else:
    sys.exit('unknown command')
`;

export interface HandBan {
  readonly address: string;
  readonly reason: string;
  readonly hours: number;
}

/** Ends of bans are multiples of it, so that one that is less than half of it off is still told as the same. */
const gridMs = 20_000;

/** Milliseconds since 1970. */
export function endIn(hours: number): number {
  return Math.ceil(Date.now() / gridMs) * gridMs + hours * 3_600_000;
}

export async function fakeCrowdsec(device: Device, bans: readonly HandBan[]): Promise<void> {
  device.fake('cscli', cscli);
  mkdirSync(device.etc('crowdsec'), { recursive: true });
  writeEtc(device, 'crowdsec/local_api_credentials.yaml', 'url: http://127.0.0.1:8080\nlogin: machine\n', 0o600);
  const decisions = bans.map(({ address, reason, hours }, at) => {
    return { id: at + 1, value: address, origin: 'crowdsec', scenario: reason, until: endIn(hours) / 1000 };
  });
  writeFileSync(`${device.directory}/run/fake-crowdsec.json`, JSON.stringify(decisions));
  const banned = [...new Set(bans.map(({ address }) => address))].join(', ');
  await device.nft(`table ip crowdsec {
  set crowdsec-blacklists { type ipv4_addr; elements = { ${banned} } }
  chain crowdsec-chain { type filter hook input priority -10; policy accept; ip saddr @crowdsec-blacklists drop; }
}
`);
}

/** Each ban that is in force with its end, a line each. What is over has a time below zero. */
export async function bansWithEnds(device: Device): Promise<string> {
  const printed = await device.must('cscli alerts list -a -l 0 -o json');
  const alerts = (JSON.parse(printed) ?? []) as { decisions: Record<'value' | 'scenario' | 'duration', string>[] }[];
  const open = alerts.flatMap(({ decisions }) => decisions).filter(({ duration }) => !duration.startsWith('-'));
  const bans = open.map(({ value, scenario, duration }) => {
    const endsAt = Math.round((Date.now() + millisecondsOf(duration)) / gridMs) * gridMs;
    return `${value} ${scenario} until ${new Date(endsAt).toISOString()}`;
  });
  return bans.sort().join('\n');
}

/** Go's way to write a time: `1h59m55.8s`. */
function millisecondsOf(duration: string): number {
  const [, hours = '0', minutes = '0', seconds = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?([\d.]+)s$/.exec(duration) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}
