import { type Case, holdCases } from './cases.fixture.js';
import { cause as forged } from './dns-answer-forged.js';
import { answer, factsOf, failedConnect, OWN, REFERENCE } from './scene.fixture.js';
import { direct, nobody, reference, URL } from './words.fixture.js';

const ADDRESS = '198.51.100.10';
const attempt = failedConnect('connect/refused', ADDRESS);
const same = { 'name.hosts': [], ...direct(answer(OWN, [ADDRESS])), ...reference(answer(REFERENCE, [ADDRESS])) };
const near = {
  'name.impostor': {
    ...nobody['name.impostor'],
    near: [{ resolver: REFERENCE, answeredAt: null, expiredFrom: '203.0.113.1' }],
  },
};
const again = (transport: 'tcp' | 'tls') => ({
  'name.again': { name: 'shop.example', answers: [{ ...answer(REFERENCE, [ADDRESS]), transport }] },
});

const cases: Case[] = [
  {
    name: 'nobody nearer answers for the one who agrees',
    cause: forged,
    attempt,
    facts: factsOf(URL, { ...same, ...near }),
    says: 'ruledOut',
  },
  {
    name: 'nobody answers where nobody can, and the one who agrees was not put to the test',
    cause: forged,
    attempt,
    facts: factsOf(URL, { ...same, ...nobody }),
    says: 'unknown',
  },
  {
    name: 'it gave the same over TLS',
    cause: forged,
    attempt,
    facts: factsOf(URL, { ...same, ...nobody, ...again('tls') }),
    says: 'ruledOut',
  },
  {
    name: 'it gave the same over TCP, which may be caught as well',
    cause: forged,
    attempt,
    facts: factsOf(URL, { ...same, ...nobody, ...again('tcp') }),
    says: 'unknown',
  },
];

holdCases('an address that others give too', cases, {});
