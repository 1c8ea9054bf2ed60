import { expect, it } from 'vitest';
import { loginPageIn } from './login-page.js';

const from = 'http://check.example/success.txt';

it.each([
  ['<meta http-equiv="refresh" content="0; url=http://login.example/">', 'http://login.example/'],
  ["<META content='3;URL=/hotspot?a=1&amp;b=2' http-equiv=refresh>", 'http://check.example/hotspot?a=1&b=2'],
  ['<!--<LoginURL><![CDATA[https://wisp.example/login]]></LoginURL>-->', 'https://wisp.example/login'],
  ['<script>window.location.href = "https://login.example/x";</script>', 'https://login.example/x'],
  ['<script>location.replace("http://10.0.0.1/")</script>', 'http://10.0.0.1/'],
  ['<form method=post action="https://login.example/go">', 'https://login.example/go'],
])('reads where a login page leads: %s', (body, url) => {
  expect(loginPageIn(body, from)).toBe(url);
});

it.each([
  'success',
  '<meta http-equiv="refresh" content="30">',
  '<meta http-equiv="refresh" content="0; url=javascript:alert(1)">',
  '<meta http-equiv="refresh" content="0; url=http://check.example/success.txt">',
  '<form action="/search">',
  '<p>the location is unknown</p>',
])('takes nothing else for one: %s', (body) => {
  expect(loginPageIn(body, from)).toBeNull();
});

it('is quick with what is made to be slow', () => {
  const begun = performance.now();
  for (const piece of ['<meta ', '<meta http-equiv=refresh content=', '<form action=', 'location=', '<LoginURL>'])
    loginPageIn(piece.repeat(20_000), from);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
