import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import { composeFile, parseCompose } from './compose-file.js';

const text = `# shop
version: "3.8"
services:
  web:   # the page
    image: nginx
    ports:
      - "8080:80"
      - 127.0.0.1:8443:443/tcp
      - "53:53/udp"
      - target: 9000
        published: "9001"
        host_ip: 127.0.0.1
    networks: [front, back]
  "db":
    image: postgres
    expose: ["5432"]
    networks:
      back:
        aliases: [store]
  cache:
    ports: ["6379"]
    networks:
    - back
networks:
  front:
  back:
`;

describe('a compose file', () => {
  it('has services with ports and networks, each with its line', () => {
    expect(parseCompose(text).services).toEqual([
      {
        name: 'web',
        line: 4,
        ports: [
          { line: 7, inside: 80, published: 8_080, address: null },
          { line: 8, inside: 443, published: 8_443, address: '127.0.0.1' },
          { line: 10, inside: 9_000, published: 9_001, address: '127.0.0.1' },
        ],
        networks: ['front', 'back'],
      },
      { name: 'db', line: 14, ports: [], networks: ['back'] },
      {
        name: 'cache',
        line: 20,
        ports: [{ line: 21, inside: 6_379, published: null, address: null }],
        networks: ['back'],
      },
    ]);
  });

  it.each([
    [''],
    ['services:'],
    ['services: nonsense'],
    ['services:\n\tweb:\n\t\tports:\n'],
    ['- a\n- b'],
    ['{"services": {"web": {}}}'],
    ['services:\n  web:\n    ports: *anchor\n'],
    ['\u0000'.repeat(1_000)],
  ])('that is written otherwise gives nothing wrong: %j', (other) => {
    expect(parseCompose(other).services.flatMap(({ ports }) => ports)).toEqual([]);
  });

  it('is bounded, whatever stands in it', () => {
    const many = `services:\n${Array.from({ length: 9_000 }, (_, i) => `  s${i}:\n    ports: ["${i % 60_000}:80"]`).join('\n')}`;
    expect(parseCompose(many).services.length).toBe(64);
    const deep = `services:\n${Array.from({ length: 4_000 }, (_, i) => `${' '.repeat(Math.min(i, 900))}k${i}:`).join('\n')}`;
    expect(parseCompose(deep).services.length).toBeLessThan(65);
  });

  it('is looked for in the folder of the caller, by its usual names', async () => {
    const files = { '/srv/shop/docker-compose.yml': text };
    const found = await composeFile(fakeSystem({ files, environment: { PWD: '/srv/shop/' } }));
    expect(found).toMatchObject({ location: '/srv/shop/docker-compose.yml' });
    expect(await composeFile(fakeSystem({ files, environment: { PWD: 'shop' } }))).toBeNull();
    expect(await composeFile(fakeSystem({ files }))).toBeNull();
  });
});
