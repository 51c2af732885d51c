import { adaptive } from '@mechane/adaptive';
import { subjects as ofAdaptive } from '@mechane/adaptive/conformance';
import { combinatorialAuctions } from '@mechane/auction-combinatorial';
import { subjects as ofCombinatorialAuctions } from '@mechane/auction-combinatorial/conformance';
import { dutchAuctions } from '@mechane/auction-dutch';
import { subjects as ofDutchAuctions } from '@mechane/auction-dutch/conformance';
import { englishAuctions } from '@mechane/auction-english';
import { subjects as ofEnglishAuctions } from '@mechane/auction-english/conformance';
import { sealedAuctions } from '@mechane/auction-sealed';
import { subjects as ofSealedAuctions } from '@mechane/auction-sealed/conformance';
import type { Subject } from '@mechane/conformance';
import { createMechane, type Mechane } from '@mechane/core';
import { games } from '@mechane/game-theory';
import { subjects as ofGames } from '@mechane/game-theory/conformance';
import { markets } from '@mechane/market';
import { subjects as ofMarkets } from '@mechane/market/conformance';
import { matchings } from '@mechane/matching';
import { subjects as ofMatchings } from '@mechane/matching/conformance';
import { highsOptimizer } from '@mechane/optimization';
import { publicChoices } from '@mechane/public-choice';
import { subjects as ofPublicChoices } from '@mechane/public-choice/conformance';

const installed = createMechane({ services: [await highsOptimizer().prepare()] })
  .use(adaptive)
  .use(combinatorialAuctions)
  .use(dutchAuctions)
  .use(englishAuctions)
  .use(games)
  .use(markets)
  .use(matchings)
  .use(publicChoices)
  .use(sealedAuctions);

/** A Mechane that has every mechanism of this repository. */
export const mechane: Pick<Mechane, 'runScenario'> = installed;

/** The names of all of them. */
export const mechanisms: readonly string[] = installed.mechanisms.map(({ id }) => id);

/** The types that each is examined on. */
export const subjects: readonly Subject[] = [
  ...ofAdaptive,
  ...ofCombinatorialAuctions,
  ...ofDutchAuctions,
  ...ofEnglishAuctions,
  ...ofGames,
  ...ofMarkets,
  ...ofMatchings,
  ...ofPublicChoices,
  ...ofSealedAuctions,
];
