import { describe } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Facts } from '../../model/facts.js';
import type { ProgramGuardsFact } from '../../model/guard-facts.js';
import type { ProgramFact } from '../../model/program.js';
import { type Case, holdCases } from '../names/cases.fixture.js';
import { factsOf, failure } from '../names/scene.fixture.js';
import { cause as blocks } from './antivirus-blocks-app.js';
import { cause as moved } from './antivirus-quarantined-app.js';
import { cause as conflict } from './security-software-conflict.js';

const path = '/opt/app/tool';
const program: ProgramFact = {
  named: path, path, pid: null, container: null, tried: [], entered: [], seenBy: null, adopted: [], notAdopted: [],
  file: null, opens: 'EPERM', runs: 'EPERM', interpreter: null, running: false, uid: 1000, user: 'u', cgroup: null,
  sandbox: { noNewPrivileges: null, seccomp: null, label: null, packaged: null }, proxies: [],
}; // prettier-ignore
const nobody: ProgramGuardsFact = { files: [path], asked: [], quarantined: null, found: null, closed: [] };
const clamonacc = {
  pid: 7,
  process: 'clamonacc',
  product: { name: 'ClamAV', kind: 'antivirus', tried: true },
  file: path,
  by: 'folder',
} as const;
const stranger = { pid: 8, process: 'watcher', product: null, file: path, by: 'mount' } as const;
const found = {
  product: 'ClamAV',
  file: path,
  signature: 'X.Y',
  at: '2026-06-01T00:00:00.000Z',
  now: true,
  location: '/l',
};
const inQuarantine = {
  id: 'a', product: 'ClamAV', tried: true, file: '/q/tool', state: 'there', original: path, signature: 'X.Y', at: null, size: 1,
  owner: null, modified: null, record: null,
} as const; // prettier-ignore

const facts = (guards: Partial<ProgramGuardsFact> | null): Facts =>
  factsOf('https://shop.example/', {
    'device.program': program,
    ...(guards && { 'device.programGuards': { ...nobody, ...guards } }),
  });
const attempt = (code: 'missing' | 'prohibited' | 'not-permitted' | 'timed-out'): FailedAttempt => ({
  id: 'program', stage: 'target', protocol: 'program', host: 'shop.example', address: null, port: null, on: null, hop: 0,
  byProgram: true, outcome: failure(`execute/${code}`),
}); // prettier-ignore
const of =
  (cause: Case['cause']) =>
  (
    name: string,
    code: Parameters<typeof attempt>[0],
    guards: Parameters<typeof facts>[0],
    says: Case['says'],
  ): Case => ({
    name,
    cause,
    attempt: attempt(code),
    facts: facts(guards),
    says,
  });
const [block, move, both] = [of(blocks), of(moved), of(conflict)];

const cases: Case[] = [
  block('nobody looked who is asked', 'not-permitted', null, 'unknown'),
  block('nobody is asked', 'not-permitted', {}, 'ruledOut'),
  block('who is asked may not be seen', 'not-permitted', { closed: ['others'] }, 'unknown'),
  block('one is asked', 'not-permitted', { asked: [clamonacc] }, 'fits'),
  block('one is asked, and wrote that it found something', 'not-permitted', { asked: [clamonacc], found }, 'proven'),
  block('it wrote that long ago', 'not-permitted', { asked: [clamonacc], found: { ...found, now: false } }, 'fits'),
  block('somebody else is asked than who wrote it', 'not-permitted', { asked: [stranger], found }, 'fits'),
  block('it does not answer', 'timed-out', { asked: [clamonacc], found }, 'fits'),
  block('its rights forbid it', 'prohibited', { asked: [clamonacc], found }, 'ruledOut'),
  move('nobody looked', 'missing', null, 'unknown'),
  move('no quarantine holds it', 'missing', {}, 'unknown'),
  move('it lies in one', 'missing', { quarantined: inQuarantine }, 'proven'),
  both('what was moved is no guard', 'missing', { quarantined: inQuarantine }, 'ruledOut'),
  both(
    'what was moved is a guard',
    'missing',
    { quarantined: { ...inQuarantine, original: '/opt/eset/efs/sbin/startd' } },
    'proven',
  ),
  both(
    'a scanner moved a part of itself',
    'missing',
    { quarantined: { ...inQuarantine, original: '/usr/sbin/clamd' } },
    'ruledOut',
  ),
  both('one of two waits for the other', 'timed-out', { asked: [clamonacc, stranger], waiting: [stranger] }, 'fits'),
  both('two are asked and none waits', 'timed-out', { asked: [clamonacc, stranger], waiting: [] }, 'ruledOut'),
  both('who waits is not known', 'timed-out', { asked: [clamonacc, stranger] }, 'unknown'),
  both('one is asked and does not answer', 'timed-out', { asked: [clamonacc] }, 'ruledOut'),
  both('who is asked may not be seen', 'timed-out', { closed: ['others'] }, 'unknown'),
];

describe('programs and those who are asked about them', () => holdCases('a program', cases, {}));
