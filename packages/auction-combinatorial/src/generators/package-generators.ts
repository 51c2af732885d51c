import type { InstanceGenerator } from '@mechane/core';
import { catsArbitrary } from './arbitrary.ts';
import { gsvm } from './gsvm.ts';
import { catsL1, catsL2, catsL3, catsL4, catsL5, catsL6, catsL7, catsL8 } from './legacy.ts';
import { lsvm } from './lsvm.ts';
import { catsMatching } from './matching.ts';
import { catsPaths } from './paths.ts';
import { catsRegions } from './regions.ts';
import { catsScheduling } from './scheduling.ts';

/** All generators of package auctions. */
export const packageGenerators: readonly InstanceGenerator[] = [
  catsArbitrary,
  catsMatching,
  catsPaths,
  catsRegions,
  catsScheduling,
  catsL1,
  catsL2,
  catsL3,
  catsL4,
  catsL5,
  catsL6,
  catsL7,
  catsL8,
  gsvm,
  lsvm,
];
