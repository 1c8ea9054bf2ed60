import { familyOf } from '../../model/address.js';
import type { OpensnitchAllow } from '../../model/own-file-operations.js';
import { tagOf } from '../tag.js';
import type { Arguments } from '../validate.js';
import type { OwnContentKind } from './own-content.js';

/** Where Debian's and the makers' packages have it look. */
export const opensnitchRules = '/etc/opensnitchd/rules';

/** Before every name that starts with a letter or a number: rules are asked in the order of their names. */
export function opensnitchName(id: string): string {
  return `0-whoblocked-${id}`;
}

/** daemon/rule/rule.go and operator.go of OpenSnitch 1.5 and 1.6. */
export const opensnitchAllow: OwnContentKind<OpensnitchAllow> = {
  check(args: Arguments) {
    const addresses = args.list('addresses', 8, (one) => {
      if (typeof one !== 'string' || familyOf(one) === 0 || one.includes('%')) throw args.wrong('addresses holds none');
      return one;
    });
    const port = args.whole('port', 1, 65_535);
    const protocol = args.oneOf('protocol', ['tcp', 'udp']);
    const program = args.optional('program', (name) => args.matching(name, /^\/[^\p{Cc}]{1,240}$/u));
    const uid = args.optional('uid', (name) => args.whole(name, 0, 4_294_967_294));
    return {
      is: 'opensnitch-allow',
      addresses,
      port,
      protocol,
      ...(program !== undefined && { program }),
      ...(uid !== undefined && { uid }),
    };
  },
  place: (_what, id) => `${opensnitchRules}/${opensnitchName(id)}.json`,
  text: (what, id) => `${JSON.stringify(ruleFor(what, id), null, 2)}\n`,
  // It is told of the file by inotify, as soon as it is written.
  seenWithinMs: 500,
};

function ruleFor({ addresses, port, protocol, program, uid }: OpensnitchAllow, id: string): object {
  const list = conditionsOf({ addresses, port, protocol, program, uid });
  return {
    // Its own files have them; nobody reads them.
    created: '2000-01-01T00:00:00Z',
    updated: '2000-01-01T00:00:00Z',
    name: opensnitchName(id),
    description: tagOf(id),
    enabled: true,
    precedence: true,
    nolog: false,
    action: 'allow',
    duration: 'always',
    operator: { type: 'list', operand: 'list', sensitive: false, data: JSON.stringify(list), list },
  };
}

interface Wanted extends Pick<OpensnitchAllow, 'addresses' | 'port' | 'protocol'> {
  readonly program?: string | undefined;
  readonly uid?: number | undefined;
}

export interface OpensnitchCondition {
  readonly type: 'simple' | 'regexp';
  readonly operand: string;
  readonly sensitive: boolean;
  readonly data: string;
  readonly list: null;
}

/** All of them must hold. */
export function conditionsOf({ addresses, port, protocol, program, uid }: Wanted): OpensnitchCondition[] {
  const simple = (operand: string, data: string, sensitive = false): OpensnitchCondition => ({
    type: 'simple',
    operand,
    sensitive,
    data,
    list: null,
  });
  const pattern = (operand: string, data: string): OpensnitchCondition => ({
    ...simple(operand, data),
    type: 'regexp',
  });
  const [only = ''] = addresses;
  return [
    addresses.length === 1
      ? simple('dest.ip', only)
      : pattern('dest.ip', `^(${addresses.map((one) => one.replaceAll('.', String.raw`\.`)).join('|')})$`),
    simple('dest.port', String(port)),
    pattern('protocol', `^${protocol}6?$`),
    ...(program === undefined ? [] : [simple('process.path', program, true)]),
    ...(uid === undefined ? [] : [simple('user.id', String(uid))]),
  ];
}
