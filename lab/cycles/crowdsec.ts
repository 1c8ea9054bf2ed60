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
if words[:2] == ['decisions', 'list']:
    found = [d for d in decisions if d['value'] == value or (option('--ip') and d['value'].split('/')[0] == value)]
    alerts = [{'id': 1, 'created_at': '2026-11-27T20:00:00Z', 'decisions': [{
        'value': d['value'], 'type': 'ban', 'scope': 'Ip', 'origin': d['origin'], 'scenario': d['scenario'],
        'duration': '%dm%.3fs' % divmod(d['until'] - time.time(), 60)}]} for d in found]
    print(json.dumps(alerts) if alerts else 'null')
elif words[:2] == ['decisions', 'delete']:
    json.dump([d for d in decisions if d['value'] != value], open(FILE, 'w'))
    nft('delete', value)
elif words[:2] == ['decisions', 'add']:
    seconds = int(option('--duration')[:-1])
    decisions.append({'value': value, 'origin': 'cscli', 'scenario': option('--reason'), 'until': time.time() + seconds})
    json.dump(decisions, open(FILE, 'w'))
    nft('add', value)
else:
    sys.exit('unknown command')
`;

export async function fakeCrowdsec(device: Device, address: string, scenario: string): Promise<void> {
  device.fake('cscli', cscli);
  mkdirSync(device.etc('crowdsec'), { recursive: true });
  writeEtc(device, 'crowdsec/local_api_credentials.yaml', 'url: http://127.0.0.1:8080\nlogin: machine\n', 0o600);
  const decisions = [{ value: address, origin: 'crowdsec', scenario, until: Date.now() / 1000 + 3000 }];
  writeFileSync(`${device.directory}/run/fake-crowdsec.json`, JSON.stringify(decisions));
  await device.nft(`table ip crowdsec {
  set crowdsec-blacklists { type ipv4_addr; elements = { 203.0.113.5, ${address} } }
  chain crowdsec-chain { type filter hook input priority -10; policy accept; ip saddr @crowdsec-blacklists drop; }
}
`);
}
