import { linesOf, type Reader, type Written } from './found.js';

const mostDepth = 8;

/** apt.conf(5): `Acquire::http::Proxy "http://…";`, or the same in braces. `DIRECT` means none. */
export const readApt: Reader = (text, path) => {
  const written: Written[] = [];
  const exempts: Written[] = [];
  const scopes: string[] = [];
  let inComment = false;
  for (const [index, whole] of linesOf(text).entries()) {
    const { rest, open } = withoutComments(whole, inComment);
    inComment = open;
    for (const [token, name = '', value] of rest.matchAll(/([\w:.-]+)\s*(?:"([^"]*)"\s*;|\{)|\}\s*;?/g)) {
      if (token.startsWith('}')) scopes.pop();
      else if (value === undefined) scopes.push(scopes.length < mostDepth ? name : '');
      else {
        const full = [...scopes, name].join('::');
        const ofProxy = /^acquire::https?::proxy(?:::[\w.-]+)?$/i.test(full);
        const found = { name: full, location: `${path}:${index + 1}`, text: value };
        // `Acquire::http::Proxy::deb.example "DIRECT"` is about that host alone.
        if (ofProxy && /^direct$/i.test(value)) exempts.push({ ...found, text: full.split('::', 5)[3] ?? '*' });
        else if (ofProxy && value !== '') written.push(found);
      }
    }
  }
  return { written, exempts };
};

/** `//`, `#` and C comments; a `//` inside quotation marks is part of a URL. */
function withoutComments(line: string, inComment: boolean): { rest: string; open: boolean } {
  let rest = '';
  let open = inComment;
  for (const [piece] of line.matchAll(/"[^"]*"|\/\*|\*\/|\/\/|#|[^"/*#]+|./g)) {
    if (open) open = piece !== '*/';
    else if (piece === '/*') open = true;
    else if (piece === '//' || piece === '#') break;
    else rest += piece;
  }
  return { rest, open };
}
