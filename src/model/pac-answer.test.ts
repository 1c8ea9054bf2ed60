import { describe, expect, it } from 'vitest';
import { entriesOfPac } from './pac-answer.js';

const said = (text: string): string[] =>
  entriesOfPac(text, { url: 'x', location: 'y' }).map((one) =>
    one === null ? 'DIRECT' : one.server ? `${one.server.scheme} ${one.server.host} ${one.server.port}` : 'bad',
  );

describe('what a PAC script answers', () => {
  it('is a list in its order', () => {
    expect(said('PROXY a.example:8080; SOCKS5 b:1; DIRECT')).toEqual(['http a.example 8080', 'socks5h b 1', 'DIRECT']);
    expect(said('https c')).toEqual(['https c 443']);
    expect(said('PROXY d')).toEqual(['http d 80']);
    expect(said('PROXY [2001:db8::1]:3128')).toEqual(['http 2001:db8::1 3128']);
    expect(said('SOCKS 192.0.2.1:99')).toEqual(['socks4 192.0.2.1 99']);
  });
  it('has what is no entry left out', () => {
    expect(said('')).toEqual([]);
    expect(said('null; PROXY; QUIC x:1; ;DIRECT')).toEqual(['DIRECT']);
    expect(said('PROXY a:0')).toEqual(['bad']);
  });
});
