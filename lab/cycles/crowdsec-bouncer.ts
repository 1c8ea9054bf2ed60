// The real CrowdSec and its bouncer for nftables on a cycle's device, both as Debian sets them up. They are unpacked, not
// installed: installing them asks the maker's central API, which is left out here. Nothing reads logs: bans come by hand.
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unpackedPlace, unpackedScript } from '../world/places.js';
import { until } from '../world/process.js';
import { bansWithEnds, endIn, type HandBan } from './crowdsec.js';
import { type Device, writeEtc } from './device.js';

const settings = 'crowdsec/config.yaml';
const bouncerSettings = 'crowdsec/bouncers/crowdsec-firewall-bouncer.yaml';

export async function startCrowdsec(device: Device, bans: readonly HandBan[]): Promise<void> {
  const root = unpackedPlace('crowdsec') ?? '';
  for (const name of ['cscli', 'crowdsec', 'crowdsec-firewall-bouncer'])
    device.fake(name, unpackedScript(root, `bin/${name}`));
  cpSync(path.join(root, 'etc/crowdsec'), device.etc('crowdsec'), { recursive: true });
  mkdirSync(path.join(device.directory, 'var-lib/crowdsec/data'), { recursive: true });
  // Its place for logs is outside of what a device has for itself.
  const withoutCentral = readFileSync(device.etc(settings), 'utf8')
    .replace(/^ *online_client:.*\n.*credentials_path:.*\n/m, '')
    .replace('/var/log/', '/run/');
  writeEtc(device, settings, withoutCentral);
  writeEtc(device, 'crowdsec/local_api_credentials.yaml', '', 0o600);
  await device.must('cscli --error machines add lab --force --password lab');
  const key = (await device.must('cscli --error -o raw bouncers add FirewallBouncer')).trim();
  const ofBouncer = readFileSync(device.etc(bouncerSettings), 'utf8')
    .replace('${BACKEND}', 'nftables')
    .replace('${API_KEY}', key)
    .replace('update_frequency: 10s', 'update_frequency: 1s')
    .replace('/var/log/', '/run/');
  writeEtc(device, bouncerSettings, ofBouncer, 0o600);
  device.start('crowdsec', ['-no-cs']);
  const listens = async (): Promise<boolean> => (await device.must('ss -Hltn sport = :8080')).trim() !== '';
  if (!(await until(listens, 20_000, 50))) throw new Error('CrowdSec does not start');
  for (const { address, reason, hours } of bans) {
    const duration = `${Math.round((endIn(hours) - Date.now()) / 1000)}s`;
    await device.words('cscli', 'decisions', 'add', '--ip', address, '--reason', reason, '--duration', duration);
  }
  device.start('crowdsec-firewall-bouncer', ['-c', `/etc/${bouncerSettings}`]);
  const isBanned = async (): Promise<boolean> => {
    const rules = await device.must('nft list ruleset');
    return bans.every(({ address }) => rules.includes(address));
  };
  if (!(await until(isBanned, 20_000, 50))) throw new Error("CrowdSec's bouncer does not ban");
}

/**
 * The device's state once the bouncer has done what CrowdSec says, and each ban with its end. The bouncer gives an element of
 * its set the time that is left when it looks: another one each time, and no part of the state therefore.
 */
export async function stateWithBans(device: Device): Promise<string> {
  await lookedTwice(device);
  const state = (await device.state()).replace(/"timeout":\d+/g, '"timeout":0').replace(/ timeout \S+/g, '');
  return `${state}\n${await bansWithEnds(device)}`;
}

/** The last that CrowdSec was told has reached the kernel then: a look may have begun before, and is done when the next one is. */
async function lookedTwice(device: Device): Promise<void> {
  const log = path.join(device.directory, 'run/crowdsec_api.log');
  const looks = (): number => {
    const asked = readFileSync(log, 'utf8').split('\n');
    const told = asked.findLastIndex((line) => /POST \/v1\/alerts|DELETE \/v1\/decisions/.test(line));
    return asked.slice(told + 1).filter((line) => line.includes('/v1/decisions/stream')).length;
  };
  if (!(await until(() => looks() >= 2, 20_000, 50))) throw new Error("CrowdSec's bouncer does not look");
}
