import { describe, expect, it } from 'vitest';
import { decisionsIn, secondsOf } from '../../../firewall/crowdsec-decisions.js';
import { bansAmong } from './crowdsec.js';
import { jailsIn, timesIn } from './fail2ban.js';

describe('what fail2ban-client 1.0.2 prints', () => {
  it('names the jails of an address', () => {
    expect(jailsIn("[['sshd', 'recidive']]\n")).toEqual(['sshd', 'recidive']);
    expect(jailsIn('[[]]\n')).toEqual([]);
  });

  it('has the times of each ban, in local time', () => {
    const printed = [
      '198.51.100.1 \t2026-11-27 20:00:00 + 600 = 2026-11-27 20:10:00',
      '198.51.100.10 \t2026-11-27 20:06:54 + 600 = 2026-11-27 20:16:54',
      '198.51.100.100 \t2026-11-27 20:06:54 + -1 = 9999-12-31 23:59:59',
    ].join('\n');
    expect(timesIn(printed, '198.51.100.10')).toEqual({
      element: '198.51.100.10',
      since: new Date('2026-11-27T20:06:54').toISOString(),
      until: new Date('2026-11-27T20:16:54').toISOString(),
      forever: false,
    });
    expect(timesIn(printed, '198.51.100.100')).toMatchObject({ until: null, forever: true });
    expect(timesIn(printed, '198.51.100.2')).toMatchObject({ element: null, since: null, until: null });
  });
});

describe('what cscli 1.4.6 prints', () => {
  const now = new Date('2026-11-27T20:07:00Z');
  const decision = {
    duration: '3h59m55.868880522s',
    id: 2,
    origin: 'cscli',
    scenario: 'crowdsecurity/ssh-bf',
    scope: 'Range',
    simulated: false,
    type: 'ban',
    value: '203.0.113.0/24',
  };
  const alert = (...decisions: object[]) => ({ capacity: 0, created_at: '2026-11-27T20:07:35Z', decisions });
  const bansIn = (...alerts: object[]) => bansAmong(decisionsIn(JSON.stringify(alerts), now) ?? [], '203.0.113.7');

  it('is a ban with its scenario, its element and its end', () => {
    expect(bansIn(alert(decision))).toEqual([
      {
        address: '203.0.113.7',
        list: 'crowdsecurity/ssh-bf',
        element: '203.0.113.0/24',
        origin: 'cscli',
        since: '2026-11-27T20:07:35.000Z',
        until: '2026-11-28T00:06:55.000Z',
        forever: false,
      },
    ]);
  });

  it('has all bans of one address, the one that ends last first, and not those that are over or of others', () => {
    const one = { ...decision, scope: 'Ip', value: '203.0.113.7' };
    const bans = bansIn(
      alert(
        { ...one, scenario: 'over', duration: '-2.995641411s' },
        { ...one, scenario: 'just', duration: '-302.18ms' },
      ),
      alert({ ...one, scenario: 'new', duration: '59m55.1s' }),
      alert({ ...one, scenario: 'other', value: '203.0.113.77' }, { ...one, scenario: 'old', duration: '9h0m1s' }),
      { ...alert(), decisions: null },
    );
    expect(bans.map(({ list }) => list)).toEqual(['old', 'new']);
  });

  it('is none where nothing is banned, only simulated or asked to solve a riddle', () => {
    const others = [alert({ ...decision, simulated: true }, { ...decision, type: 'captcha' })];
    for (const text of ['null', '[]', '', '{"x":1}', '[null, 3]', JSON.stringify(others)])
      expect(decisionsIn(text, now)).toEqual([]);
  });

  it('is not read where it breaks off', () => {
    expect(decisionsIn(JSON.stringify([alert(decision)]).slice(0, -2), now)).toBeNull();
  });

  it('is bounded', () => {
    expect(bansIn(alert(...Array.from({ length: 5_000 }, () => decision))).length).toBeLessThanOrEqual(8);
  });

  it.each([
    ['4h0m0s', 14_400],
    ['59.9s', 59],
    ['-1h2m', null],
    ['302.18ms', null],
    ['', null],
  ])('%s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });
});
