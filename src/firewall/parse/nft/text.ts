import { isList, isObject, type Json, type JsonObject, listOf, soleKey, stringOf } from './json.js';

/** A rule as `nft list ruleset` would print it, near enough to be found again; the rest as JSON. */
export function ruleText(expr: readonly Json[], comment: string | undefined): string {
  const body = expr
    .map(statementText)
    .filter((text) => text !== '')
    .join(' ');
  return comment === undefined ? body : `${body} comment ${JSON.stringify(comment)}`.trim();
}

export function statementText(statement: Json): string {
  if (!isObject(statement)) return JSON.stringify(statement);
  const kind = soleKey(statement);
  if (kind === undefined) return JSON.stringify(statement);
  const inner = statement[kind] ?? null;
  const object: JsonObject = isObject(inner) ? inner : {};
  switch (kind) {
    case 'match':
      return matchText(object);
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
    case 'notrack':
      return kind;
    case 'jump':
    case 'goto':
      return `${kind} ${stringOf(object.target) ?? '?'}`;
    case 'counter':
      return typeof inner === 'string' ? `counter name ${JSON.stringify(inner)}` : 'counter';
    case 'reject':
      return rejectText(object);
    case 'limit':
      return typeof inner === 'string' ? `limit name ${JSON.stringify(inner)}` : limitText(object);
    case 'quota':
      return typeof inner === 'string'
        ? `quota name ${JSON.stringify(inner)}`
        : `quota ${object.inv === true ? 'over ' : ''}${valueText(object.val)} ${valueText(object.val_unit ?? 'bytes')}`;
    case 'ct count':
      return `ct count ${object.inv === true ? 'over ' : ''}${valueText(object.val)}`;
    case 'log':
      return `log${Object.entries(object)
        .map(
          ([key, value]) =>
            ` ${key} ${typeof value === 'string' && key === 'prefix' ? JSON.stringify(value) : valueText(value)}`,
        )
        .join('')}`;
    case 'mangle':
      return `${valueText(object.key)} set ${valueText(object.value)}`;
    case 'vmap':
      return `${valueText(object.key)} vmap ${valueText(object.data)}`;
    case 'map':
      return `${valueText(object.key)} map ${valueText(object.data)}`;
    case 'set':
      return `${stringOf(object.op) ?? ''} ${valueText(object.set)} { ${valueText(object.elem)}${listOf(object.stmt)
        .map((one) => ` ${statementText(one)}`)
        .join('')} }`;
    case 'dnat':
    case 'snat':
    case 'masquerade':
    case 'redirect':
    case 'tproxy':
      return natText(kind, object);
    case 'queue':
      return `queue${object.flags === undefined ? '' : ` flags ${valueText(object.flags)}`}${object.num === undefined ? '' : ` to ${valueText(object.num)}`}`;
    case 'xt':
      return `xt ${stringOf(object.type) ?? 'expression'} ${stringOf(object.name) ?? 'unnamed'}`;
    case 'ct helper':
    case 'ct timeout':
    case 'ct expectation':
      return `${kind} set ${valueText(inner)}`;
    case 'flow':
      return `flow add ${valueText(object.flowtable)}`;
    default:
      return `${kind} ${valueText(inner)}`.trim();
  }
}

function matchText(match: JsonObject): string {
  const operator = stringOf(match.op) ?? '';
  const isMask = isObject(match.left) && '&' in match.left;
  // nft leaves out == and the implied bit test, except after a mask.
  const shown = (operator === '==' && !isMask) || operator === 'in' ? '' : `${operator} `;
  const right = isList(match.right) && !isMask ? match.right.map(valueText).join(',') : valueText(match.right);
  const bare = isObject(match.left) && soleKey(match.left) === 'fib' && typeof match.right === 'boolean';
  return `${valueText(match.left)} ${shown}${bare ? (match.right === true ? 'exists' : 'missing') : right}`;
}

function rejectText(reject: JsonObject): string {
  const type = stringOf(reject.type);
  if (type === undefined) return 'reject';
  return type === 'tcp reset' ? 'reject with tcp reset' : `reject with ${type} ${valueText(reject.expr)}`;
}

function limitText(limit: JsonObject): string {
  const unit = stringOf(limit.rate_unit);
  const rate = `${valueText(limit.rate)}${unit === undefined || unit === 'packets' ? '' : ` ${unit}`}/${stringOf(limit.per) ?? 'second'}`;
  return `limit rate ${limit.inv === true ? 'over ' : ''}${rate}`;
}

function natText(kind: string, nat: JsonObject): string {
  const family = stringOf(nat.family);
  const port = nat.port === undefined ? '' : `:${valueText(nat.port)}`;
  const address = nat.addr === undefined ? '' : valueText(nat.addr);
  const to =
    address !== '' || port !== ''
      ? ` to ${address.includes(':') && port !== '' ? `[${address}]` : address}${port}`
      : '';
  return `${kind}${family === undefined ? '' : ` ${family}`}${to}${nat.flags === undefined ? '' : ` ${valueText(nat.flags)}`}`;
}

export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (isList(value)) return value.map(valueText).join(' | ');
  if (!isObject(value)) return typeof value === 'string' ? word(value) : String(value);
  const kind = soleKey(value);
  if (kind === undefined)
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${valueText(inner)}`)
      .join(' ');
  const inner = value[kind];
  const object: JsonObject = isObject(inner) ? inner : {};
  switch (kind) {
    case 'payload':
      return object.base === undefined
        ? `${valueText(object.protocol)} ${valueText(object.field)}`
        : `@${valueText(object.base)},${valueText(object.offset)},${valueText(object.len)}`;
    case 'meta':
      return metaText(stringOf(object.key) ?? '');
    case 'ct':
      return ['ct', object.dir, object.family, object.key]
        .filter((part) => part !== undefined)
        .map(valueText)
        .join(' ');
    case 'fib':
      return `fib ${listOf(object.flags).map(valueText).join(' . ')} ${valueText(object.result)}`;
    case 'rt':
      return ['rt', object.family, object.key]
        .filter((part) => part !== undefined)
        .map(valueText)
        .join(' ');
    case 'concat':
      return listOf(inner).map(valueText).join(' . ');
    case 'set':
      return `{ ${listOf(inner)
        .map((one) => (isList(one) ? `${valueText(one[0])} : ${dataText(one[1])}` : valueText(one)))
        .join(', ')} }`;
    case 'range':
      return listOf(inner).map(valueText).join('-');
    case 'prefix':
      return `${valueText(object.addr)}/${valueText(object.len)}`;
    case 'elem':
      return valueText(object.val);
    case 'map':
      return `${valueText(object.key)} map ${valueText(object.data)}`;
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      // Several flags are one operand: `tcp flags & (syn | rst)`.
      return listOf(inner).map((one) => (isList(one) && one.length > 1 ? `(${valueText(one)})` : valueText(one))).join(` ${kind} `); // prettier-ignore
    case 'tcp option':
      return `tcp option ${[object.name, object.field]
        .filter((part) => part !== undefined)
        .map(valueText)
        .join(' ')}`;
    case 'numgen':
      return `numgen ${valueText(object.mode)} mod ${valueText(object.mod)}`;
    case 'jhash':
    case 'symhash':
      return `${kind} ${object.expr === undefined ? '' : `${valueText(object.expr)} `}mod ${valueText(object.mod)}`;
    default:
      return `${kind} ${valueText(inner)}`.trim();
  }
}

function dataText(value: Json | undefined): string {
  return isObject(value) &&
    ['accept', 'drop', 'return', 'continue', 'jump', 'goto', 'reject', 'queue'].includes(soleKey(value) ?? '')
    ? statementText(value)
    : valueText(value);
}

/** nft writes these without `meta`. */
const bareMeta = new Set([
  'iif',
  'iifname',
  'oif',
  'oifname',
  'iifgroup',
  'oifgroup',
  'skuid',
  'skgid',
  'nftrace',
  'rtclassid',
]);

function metaText(key: string): string {
  return bareMeta.has(key) && key !== 'skuid' && key !== 'skgid' ? key : `meta ${key}`;
}

/** Names that are more than a word are quoted, as nft does with interface names. */
function word(text: string): string {
  return /^[@\w.:/,-]+$/.test(text) ? text : JSON.stringify(text);
}
