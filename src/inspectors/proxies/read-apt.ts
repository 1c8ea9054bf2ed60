import { linesOf, type Reader, type Written } from './found.js';

const mostDepth = 8;

/** apt.conf(5): `Acquire::http::Proxy "http://…";`, or the same in braces. `DIRECT` means none. */
export const readApt: Reader = (text, path) => {
  const written: Written[] = [];
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
        if (ofProxy && value !== '' && !/^direct$/i.test(value)) {
          written.push({ name: full, location: `${path}:${index + 1}`, text: value });
        }
      }
    }
  }
  return { written };
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
