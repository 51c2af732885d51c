import { singleItem, subject } from '@mechane/conformance';
import { honest, liar, tenfold } from './index.js';

export const subjects = [
  ...[liar, honest].map((mechanism) => subject({ mechanism, domain: singleItem() })),
  subject({ mechanism: tenfold, domain: singleItem(), settings: [{}, { factor: 10 }] }),
];
