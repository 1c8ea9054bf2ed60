import { describe, expect, it } from 'vitest';
import type { FactValues } from '../../model/facts.js';
import type { OptionTry, ResolverOption } from '../../model/name-facts.js';
import { cause } from '../device/no-dns-configured.js';
import { answer, configOf, factsOf, failedName, judge, named, OWN } from './scene.fixture.js';

const URL = 'https://shop.example/';
const yes = ['addresses', 'addresses', 'addresses'];
const tried = (how: OptionTry['how'], said: string[], ms = 10): OptionTry => ({
  resolver: OWN,
  port: 53,
  how,
  said,
  quickestMs: ms,
  slowestMs: ms,
});

function judged(options: string, tries: OptionTry[], more: Partial<FactValues['name.config']> = {}): string {
  const words = options.split(' ').map((word): ResolverOption => {
    const [name, value] = word.split(':') as [ResolverOption['word'], string?];
    return { word: name, ...(value !== undefined && { value: Number(value) }), location: '/etc/resolv.conf:2' };
  });
  const facts = factsOf(
    URL,
    {
      'name.config': { ...configOf(OWN), options: words, ...more },
      'name.direct': named('shop.example', answer(OWN, ['198.51.100.10'])),
      'name.options': { name: 'shop.example', tries },
    },
    'temporary-failure',
  );
  const finding = judge(cause, failedName('resolve/temporary-failure'), facts);
  const where = 'culprit' in finding ? ` ${finding.culprit?.location}` : '';
  return `${finding.says}${where}`;
}

describe('an option of resolv.conf', () => {
  const at = '/etc/resolv.conf:2';

  it('is to blame where questions sent so are not answered, and those without it are', () => {
    const no = ['NOTIMP', 'NOTIMP', 'NOTIMP'];
    expect(judged('edns0', [tried('plain', yes), tried('edns0', no)])).toBe(`proven ${at}`);
    expect(judged('use-vc', [tried('plain', yes), tried('use-vc', ['silent', 'silent', 'silent'])])).toBe(`fits ${at}`);
    expect(judged('timeout:1 attempts:1', [tried('plain', yes, 1_600)])).toBe(`fits ${at}`);
  });

  it.each([
    ['it is answered once', 'edns0', [tried('plain', yes), tried('edns0', ['NOTIMP', 'addresses', 'NOTIMP'])], {}],
    [
      'a question without it is not answered either',
      'edns0',
      [tried('plain', ['silent', ...yes]), tried('edns0', ['silent', 'silent', 'silent'])],
      {},
    ],
    [
      'musl does not read it',
      'use-vc',
      [tried('plain', yes), tried('use-vc', ['refused', 'refused', 'refused'])],
      { libc: 'musl' },
    ],
    [
      'systemd-resolved asks',
      'use-vc',
      [tried('plain', yes), tried('use-vc', ['refused', 'refused', 'refused'])],
      { order: ['resolve', 'dns'] },
    ],
    ['it is waited for long enough', 'timeout:2 attempts:2', [tried('plain', yes, 1_600)], {}],
    ['most questions get lost', 'attempts:1', [tried('plain', ['addresses', 'silent', 'silent', 'silent'])], {}],
    ['it is asked again', 'attempts:2', [tried('plain', ['addresses', 'silent'])], {}],
  ] as [string, string, OptionTry[], Partial<FactValues['name.config']>][])(
    'is innocent where %s',
    (_, words, tries, more) => {
      expect(judged(words, tries, more)).toMatch(/^(?:ruledOut|unknown)$/);
    },
  );
});
