import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Context } from '../../model/gatherer.js';
import { defaultOptions } from '../../model/settings.js';
import { statusHosts } from './candidates.js';
import { fetchJson } from './fetch-json.js';
import { forms } from './forms.js';

const read = (name: string, json: unknown) => forms.find(({ form }) => form === name)?.read(json);

describe('where a status page could be', () => {
  it('is before the name and each domain above it', () => {
    expect(statusHosts('api.shop.example', '')).toEqual(['status.api.shop.example', 'status.shop.example']);
    expect(statusHosts('192.0.2.1', '')).toEqual([]);
    expect(statusHosts('intranet', '')).toEqual([]);
  });

  it('is never above what somebody has registered', () => {
    expect(statusHosts('www.shop.co.uk', '')).toEqual(['status.www.shop.co.uk', 'status.shop.co.uk']);
    expect(statusHosts('shop.github.io', '')).toEqual(['status.shop.github.io']);
    expect(statusHosts('www.shop.co.uk', 'https://shopstatus.com/ https://ukstatus.com/')[0]).toBe('shopstatus.com');
    expect(statusHosts('github.io', '')).toEqual([]);
  });

  it('is where the error page links to, when that reads like a status page', () => {
    const page =
      '<a href="https://shop.statuspage.io/">status</a> <a href="https://evil.example/">x</a> https://shopstatus.com/';
    expect(statusHosts('www.shop.example', page).slice(0, 2)).toEqual(['shop.statuspage.io', 'shopstatus.com']);
  });

  it('is bounded, whatever the page holds', () => {
    const page = Array.from({ length: 5000 }, (_, i) => `https://a${i}.statuspage.io/`).join(' ');
    expect(statusHosts('shop.example', page).length).toBeLessThanOrEqual(4);
    expect(statusHosts(`${'a.'.repeat(120)}example`, 'https://('.repeat(2000)).length).toBeLessThanOrEqual(4);
  });
});

describe('the forms of status pages', () => {
  it('read what each says', () => {
    expect(
      read('statuspage', {
        page: { name: 'Shop', updated_at: '2026-11-27T09:41:00Z' },
        status: { indicator: 'major', description: 'Partial System Outage' },
        components: [
          { name: 'API', status: 'major_outage' },
          { name: 'Web', status: 'operational' },
        ],
        incidents: [
          { name: 'Old', status: 'resolved' },
          { name: 'New', status: 'identified', created_at: '2026-11-27T09:00:00Z' },
        ],
      }),
    ).toMatchObject({ says: 'outage', parts: [{ name: 'API' }], incidents: [{ name: 'New' }] });
    expect(
      read('instatus', {
        page: { name: 'Shop', status: 'HASISSUES' },
        activeIncidents: [{ name: 'Slow', impact: 'MAJOROUTAGE' }],
      }),
    ).toMatchObject({ says: 'outage', words: 'Slow' });
    expect(
      read('better-stack', { data: { attributes: { company_name: 'Shop', aggregate_state: 'operational' } } }),
    ).toMatchObject({
      says: 'well',
    });
  });

  it('read of cState which part is down, and do not call it the whole', () => {
    const page = (...states: string[]) => ({
      is: 'index',
      cStateVersion: '5.2',
      title: 'Shop',
      summaryStatus: states.includes('down') ? 'down' : 'ok',
      systems: states.map((status, i) => ({
        name: i === 0 ? 'API' : 'Web',
        status,
        unresolvedIssues:
          status === 'ok' ? [] : [{ title: 'Disks full', createdAt: '2026-11-27 09:30:00 +0000 UTC', resolved: false }],
      })),
    });
    expect(read('cstate', page('down', 'ok'))).toMatchObject({
      says: 'trouble',
      words: 'Disks full',
      parts: [{ name: 'API', state: 'down' }],
      incidents: [{ name: 'Disks full' }],
    });
    expect(read('cstate', page('down', 'down'))).toMatchObject({ says: 'outage' });
    expect(read('cstate', page('ok', 'ok'))).toMatchObject({ says: 'well', parts: [] });
    expect(read('cstate', { ...page('down'), cStateVersion: undefined })).toBeNull();
  });

  it.each([
    null,
    'text',
    7,
    [],
    {},
    { status: null },
    { status: { indicator: 'x' } },
    { page: 1, status: { indicator: {} } },
  ])('take no %j for a status page', (json) => {
    for (const { form } of forms) expect(read(form, json)).toBeNull();
  });

  it('bound what is hostile', () => {
    const json = {
      page: { name: 'x'.repeat(10_000) },
      status: { indicator: 'minor', description: 'y'.repeat(10_000) },
      components: Array.from({ length: 5000 }, () => ({ name: 'z'.repeat(1000), status: 'down' })),
    };
    const seen = read('statuspage', json);
    expect(JSON.stringify(seen).length).toBeLessThan(100_000);
    expect(seen?.name.length).toBe(200);
  });
});

it('is waited for no longer than it may take where no resolver answers for its name', async () => {
  const system = fakeSystem({ lookup: { 'status.shop.example': 'silent' } });
  const { signal } = new AbortController();
  const context = { system, signal, options: defaultOptions, remaining: () => 20_000 } as unknown as Context;
  expect(await fetchJson('https://status.shop.example/', 1_500, context)).toBe('no public address');
  expect(system.clock.now()).toBe(1_500);
});
