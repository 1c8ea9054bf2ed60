import { describe, expect, it } from 'vitest';
import { isPublicSuffix, isSameSite, registrableDomain } from './site.js';

describe('whose a name is', () => {
  it.each([
    ['www.shop.co.uk', 'shop.co.uk'],
    ['shop.co.uk.', 'shop.co.uk'],
    ['co.uk', null],
    ['a.b.SHOP.example', 'shop.example'],
    ['a.shop.公司.cn', 'shop.xn--55qx5d.cn'],
    ['a.bücher.example', 'xn--bcher-kva.example'],
    ['nas.fritz.lan', 'fritz.lan'],
    ['_dns.resolver.example', 'resolver.example'],
    ['localhost', null],
    ['192.0.2.1', null],
    ['2001:db8::1', null],
    ['', null],
    ['.', null],
    ['..', null],
    [`${'a.'.repeat(126)}uk`, 'a.uk'],
  ])('%s', (host, own) => {
    expect(registrableDomain(host, 'everybody')).toBe(own);
  });

  it('is a registry’s alone, or of whoever hands out names', () => {
    expect(registrableDomain('shop.github.io', 'everybody')).toBe('shop.github.io');
    expect(registrableDomain('shop.github.io', 'registries')).toBe('github.io');
    expect(isSameSite('one.github.io', 'two.github.io')).toBe(false);
    expect(isSameSite('one.github.io', 'two.github.io', 'registries')).toBe(true);
  });

  it('is one for both where both belong to one owner', () => {
    expect(isSameSite('a.shop.example', 'SHOP.example')).toBe(true);
    expect(isSameSite('www.shop.co.uk', 'login.shop.co.uk')).toBe(true);
    expect(isSameSite('shop.co.uk', 'hotspot.co.uk')).toBe(false);
    expect(isSameSite('a.bücher.example', 'b.xn--bcher-kva.example')).toBe(true);
    expect(isSameSite('co.uk', 'shop.co.uk')).toBe(false);
    expect(isSameSite('nas', 'nas')).toBe(true);
    expect(isSameSite('nas', 'router')).toBe(false);
    expect(isSameSite('192.0.2.1', '198.51.2.1')).toBe(false);
    expect(isSameSite('2001:db8::1', '2001:db8::1')).toBe(true);
  });

  it('is everybody’s where it is a suffix', () => {
    for (const host of ['co.uk', 'com', 'github.io', 'xn--55qx5d.cn', '公司.cn', 'lan'])
      expect(isPublicSuffix(host)).toBe(true);
    for (const host of ['shop.co.uk', 'corp.lan', 'www.gov.uk', '192.0.2.1', '::1', ''])
      expect(isPublicSuffix(host)).toBe(false);
  });
});
