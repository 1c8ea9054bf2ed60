/** Text is always text; only what this program itself wrote may be `trusted`. */
export type Markup = string | { readonly trusted: string } | Element;

interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Markup[];
}

/** Elements without a closing tag (HTML, "void elements"). */
const empty: ReadonlySet<string> = new Set(['meta', 'br', 'hr']);

export function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly Markup[],
): Element {
  return { tag, attributes, children };
}

/** Markup as text. Whatever a server, a log or a file name brought along cannot become a tag or an attribute. */
export function fragment(parts: readonly Markup[]): string {
  return parts.map(written).join('');
}

function written(part: Markup): string {
  if (typeof part === 'string') return escaped(part);
  if ('trusted' in part) return part.trusted;
  const attributes = Object.entries(part.attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const open = `<${part.tag}${attributes.join('')}>`;
  return empty.has(part.tag) ? open : `${open}${fragment(part.children)}</${part.tag}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
