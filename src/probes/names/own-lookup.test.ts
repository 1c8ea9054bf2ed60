import { expect, it } from 'vitest';
import { fakeSystem, type Script } from '../../../test/fake-system.js';
import { ownLookup } from './own-lookup.js';

const never = new AbortController().signal;

async function look(host: string, files: Script['files'], family: 0 | 4 | 6 = 0) {
  const system = fakeSystem({ files: files ?? {} });
  const found = await ownLookup(system)(host, family, never);
  return { ...found, asked: system.asked };
}

it('takes the line of the hosts file, of the family that is wanted', async () => {
  const files = { '/etc/hosts': '192.0.2.7 db db.example\n2001:db8::7 db\n' };
  expect((await look('db', files)).addresses).toEqual(['192.0.2.7', '2001:db8::7']);
  expect((await look('DB.example', files, 4)).addresses).toEqual(['192.0.2.7']);
  expect((await look('db', files)).asked.datagrams).toEqual([]);
});

it('asks its own resolver, and says that it is silent', async () => {
  const files = { '/etc/resolv.conf': 'nameserver 127.0.0.11\n' };
  const { failure, asked } = await look('db', files, 4);
  expect(failure).toMatchObject({ code: 'temporary-failure' });
  expect(new Set(asked.datagrams.map(({ address }) => address))).toEqual(new Set(['127.0.0.11']));
});

it('asks nobody but its files where nsswitch.conf says so', async () => {
  const { failure, asked } = await look('db', { '/etc/nsswitch.conf': 'hosts: files\n' });
  expect(failure).toMatchObject({ code: 'not-found' });
  expect(asked.datagrams).toEqual([]);
});
