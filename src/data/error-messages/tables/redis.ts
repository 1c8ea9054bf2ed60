import type { MessageTable } from '../types.js';

export const redis: MessageTable = {
  from: 'redis',
  layer: 'program',
  source: 'Redis 7 and Valkey: networking.c, server.c, redis-cli.c; redis-py, ioredis, Jedis, Lettuce',
  port: 6379,
  messages: {
    'service-starting': [
      'LOADING Redis is loading the dataset in memory',
      'Redis is loading the dataset in memory',
      'LOADING Valkey is loading the dataset in memory',
      'BusyLoadingError',
    ],
    'service-refuses': [
      'DENIED Redis is running in protected mode',
      'Redis is running in protected mode',
      'running in protected mode because protected mode is enabled',
    ],
    'service-full': ['max number of clients reached'],
    'service-login': [
      'NOAUTH Authentication required',
      'WRONGPASS invalid username-password pair',
      'invalid username-password pair or user is disabled',
      'ERR invalid password',
      'NOPERM',
      'Client sent AUTH, but no password is set',
    ],
    'service-lost': [
      'Error: Server closed the connection',
      'Connection closed by server',
      'Error while reading from socket',
      'Unexpected end of stream',
    ],
    'service-other-protocol': ['Protocol error, got {any} as reply type byte'],
    'timed-out': [
      'Timeout connecting to server',
      'redis.exceptions.TimeoutError: Timeout reading from',
      'Command timed out after',
    ],
    refused: [
      'Error {number} connecting to {endpoint}. <Connection refused>',
      'Redis connection to {endpoint} failed - connect <ECONNREFUSED> {endpoint}',
    ],
    'name-unresolved': [
      'Error {number} connecting to {endpoint}. <Name or service not known>',
      'Error {number} connecting to {endpoint}. <nodename nor servname provided, or not known>',
      'Failed to connect to any host resolved for DNS name',
    ],
    'name-lookup-fails': ['Error {number} connecting to {endpoint}. <Temporary failure in name resolution>'],
    'connect-timeout': ['Error {number} connecting to {endpoint}. <Connection timed out>'],
  },
  vague: {
    'connect-failed': [
      'Could not connect to Redis at {endpoint}',
      'Error {number} connecting to {endpoint}',
      'Could not get a resource from the pool',
      'It was not possible to connect to the redis server(s)',
      'Cannot get Jedis connection',
    ],
  },
  marks: [
    'Could not connect to Redis at {endpoint}:',
    'Redis connection to {endpoint} failed',
    'redis.exceptions',
    'redis-cli',
  ],
};
