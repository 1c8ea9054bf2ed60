import { afterEach, describe, expect, it } from 'vitest';
import { parseCall } from './arguments.js';
import { fixFlagsOf } from './repair-arguments.js';

describe('fix', () => {
  it('takes a target and what a diagnosis takes', () => {
    expect(
      parseCall(['fix', 'https://shop.example/', '--yes', '--no-references', '--only', 'allow-in-firewall']),
    ).toMatchObject({
      command: 'fix',
      target: 'https://shop.example/',
      fix: { yes: true, dryRun: false, only: 'allow-in-firewall', keepForMs: 60_000, until: null },
      flags: { references: false },
    });
  });

  it.each([
    [['fix'], /say what to get back to/],
    [['fix', 'a', 'b'], /say what to get back to/],
    [['fix', 'a', '--html', 'x'], /does not belong/],
    [['fix', 'a', '--keep-for', '1s'], /--keep-for/],
    [['fix', 'a', '--keep-for', 'soon'], /--keep-for/],
    [['fix', 'a', '--only', '../x'], /--only/],
    [['fix', 'a', '--until', 'never'], /--until/],
    [['fix', 'a', '--until', '2020-01-01'], /past/],
    [['fix', 'a', '--until', '2027-02-30'], /--until/],
    [['fix', 'a', '--until', '25:00'], /--until/],
    [['fix', 'a', '--until', '99999w'], /ten years/],
    [['fix', 'a', '--until', '2200-01-01'], /ten years/],
    [['fix', 'db:5432', '--from', 'web'], /not work inside a container/],
    [['fix', 'db:5432', '--from', '203.0.113.9'], /a port of this computer/],
    [['fix', 'db:5432', '--from', '[2001:db8::9]'], /a port of this computer/],
    [['fix', 'inbound', '80', '--app', 'x'], /--app goes with a target/],
    [['fix', 'a', '--app', 'x', '--as', 'nobody'], /--app goes with a target/],
    [['undo', 'a', 'b'], /one change/],
    [['undo', 'a', '--all'], /not both/],
    [['undo', '--yes'], /does not belong/],
    [['changes', 'x'], /no more words/],
    [['reset'], /whoblocked reset firewall/],
    [['reset', 'router'], /whoblocked reset firewall/],
    [['reset', 'firewall', '--until', '2h'], /does not belong/],
    [['pause'], /say what to pause/],
    [['pause', 'sun'], /say what to pause/],
    [['pause', 'firewall', 'a', 'b'], /one target/],
    [['pause', 'firewall', 'a', '--for', '1h'], /--for/],
    [['pause', 'firewall', 'a', '--whole', '--only-target'], /exclude each other/],
    [['pause', 'vpn', 'a', '--whole'], /pause firewall/],
    [['pause', 'proxy', 'a', '--whole'], /pause firewall/],
    [['https://shop.example/', '--yes'], /does not belong/],
  ])('%j is refused', (words, why) => {
    expect(() => parseCall(words)).toThrow(why);
  });

  const friday = new Date('2026-11-27T20:00:00');
  it.each([
    ['90s', '2026-11-27T20:01:30'],
    ['2h', '2026-11-27T22:00:00'],
    ['friday', '2026-11-27T23:59:59'],
    ['Mon', '2026-11-30T23:59:59'],
    ['18:30', '2026-11-28T18:30:00'],
    ['2026-12-24', '2026-12-24T23:59:59'],
    ['2026-12-24T18:30', '2026-12-24T18:30:00'],
  ])('ends by itself: --until %s', (until, when) => {
    expect(fixFlagsOf({ until }, friday).until).toEqual(new Date(when));
  });

  it('friday means the next one when this one is over', () => {
    expect(fixFlagsOf({ until: 'friday' }, new Date('2026-11-27T23:59:59.500')).until).toEqual(new Date('2026-12-04T23:59:59')); // prettier-ignore
  });

  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  // Summer time ends in Berlin on 25 October 2026 at 3 in the morning, and begins on 28 March 2027 at 2.
  it.each([
    ['Europe/Berlin', '2026-10-24T20:00:00+02:00', 'sunday', '2026-10-25T23:59:59+01:00'],
    ['Europe/Berlin', '2026-10-24T20:00:00+02:00', '18:30', '2026-10-25T18:30:00+01:00'],
    ['Europe/Berlin', '2026-10-25T01:30:00+02:00', '2h', '2026-10-25T02:30:00+01:00'],
    ['Europe/Berlin', '2027-03-27T20:00:00+01:00', '18:30', '2027-03-28T18:30:00+02:00'],
    ['Europe/Berlin', '2027-03-27T20:00:00+01:00', '02:30', '2027-03-28T03:30:00+02:00'],
    ['America/New_York', '2026-11-27T23:00:00-05:00', 'friday', '2026-11-27T23:59:59-05:00'],
    ['Pacific/Auckland', '2026-11-27T23:00:00-05:00', 'friday', '2026-12-04T23:59:59+13:00'],
    ['Asia/Kolkata', '2026-11-27T20:00:00+05:30', '2026-12-24', '2026-12-24T23:59:59+05:30'],
  ])('in %s at %s, --until %s is %s', (timeZone, now, until, when) => {
    process.env['TZ'] = timeZone;
    expect(fixFlagsOf({ until }, new Date(now)).until).toEqual(new Date(when));
  });
});

describe('pause', () => {
  it('leaves what stands behind -- to the command', () => {
    const words = [
      'pause',
      'firewall',
      'shop.example:443',
      '--for',
      '45s',
      '--',
      'curl',
      '--json',
      '-v',
      'https://shop.example/',
    ];
    expect(parseCall(words)).toMatchObject({
      command: 'pause',
      what: 'firewall',
      target: 'shop.example:443',
      forMs: 45_000,
      words: ['curl', '--json', '-v', 'https://shop.example/'],
      flags: { json: false },
    });
  });
});
