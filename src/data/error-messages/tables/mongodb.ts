import type { MessageTable } from '../types.js';

export const mongodb: MessageTable = {
  from: 'mongodb',
  // A driver inside another language's program: that language's own message goes first.
  layer: 'runtime',
  source:
    'MongoDB Node driver (MongoServerSelectionError), pymongo (ServerSelectionTimeoutError), mongosh, Java driver',
  port: 27017,
  messages: {
    'service-login': [
      'MongoServerError: Authentication failed',
      'bad auth : Authentication failed',
      'MongoServerError: bad auth',
      'command {any} requires authentication',
    ],
    'service-hung-up': [
      'MongoNetworkError: connection {number} to {endpoint} closed',
      'connection {number} to {endpoint} closed',
    ],
  },
  vague: {
    'timed-out': [
      'Server selection timed out after {number} ms',
      'No servers found yet',
      'Timed out after {number} ms while waiting to connect',
      'No replica set members match selector',
      'Could not connect to any servers in your MongoDB Atlas cluster',
    ],
  },
  marks: [
    'MongoServerSelectionError',
    'MongoNetworkError',
    'MongooseServerSelectionError',
    'ServerSelectionTimeoutError: {endpoint}: [Errno',
    'ServerSelectionTimeoutError',
    'pymongo.errors',
    'mongosh',
    'querySrv {any} _mongodb._tcp.{host}',
    'MongoTimeoutError',
  ],
};
