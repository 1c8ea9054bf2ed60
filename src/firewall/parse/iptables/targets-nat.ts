import type { Expression, Nat, Part } from '../../ruleset.js';
import { prefixRange } from '../../values/addresses.js';
import { address, addressRange } from './addresses.js';
import { type RuleContext } from './module.js';
import { number, valueAndMask } from './numbers.js';
import { markExpression, type Target } from './targets.js';

const fixed = (low: number | bigint, high: number | bigint): Expression => ({ kind: 'range', low, high });

/** DNAT, SNAT, MASQUERADE, REDIRECT, NETMAP, TPROXY; undefined when an option is not understood. */
export function natTarget(target: Target, context: RuleContext, text: string): Part[] | undefined {
  const value = (name: string): string | undefined => target.options.find((option) => option.name === name)?.args[0];
  const nat = (
    type: Nat['type'],
    to: { readonly address?: Expression; readonly port?: Expression } | undefined,
    netmap?: boolean,
  ): Part[] | undefined =>
    to === undefined
      ? undefined
      : [{ kind: 'nat', type, family: context.family, text, ...to, ...(netmap === true ? { netmap } : {}) }];
  switch (target.name) {
    case 'DNAT':
      return nat('dnat', destination(value('to-destination') ?? '', context));
    case 'SNAT':
      return nat('snat', destination(value('to-source') ?? '', context));
    case 'MASQUERADE':
      return nat('masquerade', ports(value('to-ports')));
    case 'REDIRECT':
      return nat('redirect', ports(value('to-ports')));
    case 'NETMAP':
      return nat('dnat', network(value('to') ?? '', context), true);
    case 'TPROXY':
      return tproxy(value('on-port'), value('on-ip'), value('tproxy-mark'), context, text);
    default:
      return undefined;
  }
}

function ports(text: string | undefined): { readonly port?: Expression } | undefined {
  if (text === undefined) return {};
  // A port shift (`80-90/1000`) ends somewhere in the range.
  const [low, high] = text.replace(/\/\d+$/, '').split('-');
  const first = number(low, 65535);
  const last = high === undefined ? first : number(high, 65535);
  return first === undefined || last === undefined || first > last ? undefined : { port: fixed(first, last) };
}

/** `192.0.2.1`, `192.0.2.1-192.0.2.9:80-90`, `[2001:db8::1]:80`, `:80`. */
function destination(
  text: string,
  context: RuleContext,
): { readonly address?: Expression; readonly port?: Expression } | undefined {
  const split =
    context.family === 'ip'
      ? /^([\d.-]*)(?::([\d/-]+))?$/.exec(text)
      : (/^\[([^\]]*)\](?::([\d/-]+))?$/.exec(text) ?? /^([0-9a-f:.-]+)$/i.exec(text));
  if (!split) return undefined;
  const port = ports(split[2]);
  const plain = (split[1] ?? '').replaceAll(/[[\]]/g, '');
  if (port === undefined) return undefined;
  if (plain === '') return split[2] === undefined ? undefined : port;
  const found = addressRange(plain, context.family);
  return found === undefined ? undefined : { address: fixed(found[0], found[1]), ...port };
}

function network(text: string, context: RuleContext): { readonly address: Expression } | undefined {
  const [base, length] = text.split('/');
  const first = address(base, context.family);
  const bits = length === undefined ? (context.family === 'ip' ? 32 : 128) : number(length, 128);
  const found = first === undefined || bits === undefined ? undefined : prefixRange(first, bits);
  return found === undefined ? undefined : { address: fixed(found[0], found[1]) };
}

function tproxy(
  port: string | undefined,
  ip: string | undefined,
  mark: string | undefined,
  context: RuleContext,
  text: string,
): Part[] | undefined {
  const number_ = number(port, 65535);
  const to = address(ip ?? (context.family === 'ip' ? '0.0.0.0' : '::'), context.family);
  const set = valueAndMask(mark ?? '0/0');
  if (number_ === undefined || to === undefined || set === undefined) return undefined;
  return [
    {
      kind: 'tproxy',
      text,
      ends: true,
      ...(number_ === 0 ? {} : { port: number_ }),
      ...(to === 0 || to === 0n ? {} : { address: to }),
      mark: { kind: 'assign', target: 'meta mark', value: markExpression('meta mark', set[0], set[1]) },
    },
  ];
}
