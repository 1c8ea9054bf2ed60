import packet from 'dns-packet';
import { expect, it } from 'vitest';
import type { ScriptedDatagram } from '../../../../test/fake-system.js';
import type { Facts } from '../../../model/facts.js';
import type { DatagramRequest } from '../../../model/system.js';
import { defaultSettings } from '../../../model/settings.js';
import { configOf, facts, known, run } from '../context.fixture.js';
import { dnsReply } from '../dns-reply.fixture.js';
import { otherNames } from './other-names.js';

const OWN = '203.0.113.53';
const PAGE = '203.0.113.9';

function asked(host: string): Facts {
  const answer = { resolver: OWN, port: 53, type: 'A', transport: 'udp', ms: 1, tries: 1, rcode: 'NOERROR' } as const;
  const said = { ...answer, addresses: [PAGE], cnames: [], errors: [], strangers: 0 };
  return { ...facts(host, configOf(OWN)), 'name.direct': known({ name: host, answers: [said] }) };
}

async function questionsFor(host: string, references = true) {
  const heard: string[] = [];
  const datagram = ({ payload }: DatagramRequest): ScriptedDatagram => {
    heard.push(packet.decode(Buffer.from(payload)).questions?.[0]?.name ?? '');
    return dnsReply(payload, { A: [PAGE] });
  };
  const hosts = ['www.example.net:443', '192.0.2.80:443', 'shop.example:443'];
  const settings = { references: { ...defaultSettings.references, hosts } };
  const found = await run(otherNames, asked(host), { datagram }, { settings, references });
  return { heard: heard.toSorted(), found };
}

it('asks for names that nobody can have, and for one of the references', async () => {
  const { heard, found } = await questionsFor('shop.example');
  expect(heard).toHaveLength(3);
  expect(heard[0]).toMatch(/^w[0-9a-z]{14}\.com$/);
  expect(heard[1]).toMatch(/^w[0-9a-z]{14}\.invalid$/);
  expect(heard[2]).toBe('www.example.net');
  expect(found).toMatchObject({ state: 'known', value: { length: 3 } });
  expect(JSON.stringify(found)).not.toContain(heard[0]);
});

it('names them as the target begins, and asks for nobody of the references where they are not allowed', async () => {
  const { heard } = await questionsFor('www.shop.example', false);
  expect(heard).toHaveLength(2);
  expect(heard.every((name) => /^www\.w[0-9a-z]{14}\.(?:com|invalid)$/.test(name))).toBe(true);
});
