import { connectMeanings } from './connect.js';
import { deviceMeanings } from './device.js';
import { httpMeanings } from './http.js';
import { nameMeanings } from './names.js';
import { proxyMeanings } from './proxy.js';
import { serviceMeanings } from './service.js';
import { certificateMeanings } from './certificates.js';
import { tlsMeanings } from './tls.js';

export const meanings = {
  ...nameMeanings,
  ...deviceMeanings,
  ...connectMeanings,
  ...proxyMeanings,
  ...tlsMeanings,
  ...certificateMeanings,
  ...httpMeanings,
  ...serviceMeanings,
};

export type MeaningId = keyof typeof meanings;
