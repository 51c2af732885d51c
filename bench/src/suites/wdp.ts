// npm run bench -- wdp: winner determination on CATS instances beside native HiGHS and CP-SAT, payments, and growth with the number of bids.
// The peers are those that `node bench/peers/install.mjs` installs; without them only our side is measured.
// MECHANE_CATS      folder of instances with optima.json; the one beside the repository unless told; instances are drawn where there is none
// MECHANE_CATS_ONLY pattern that names such as L3-64-250.txt must match
// MECHANE_SECONDS   limit of each search by us and by HiGHS, 120 unless told; MECHANE_CP_SECONDS that of CP-SAT, 60 or the former
// MECHANE_BIDS      numbers of bids of the growth curves, 100,250,500,1000,2500,5000 unless told; MECHANE_GROWTH_SECONDS their limit, 10
import type { Table } from '../table.ts';
import { installedPeers } from '../wdp/peer.ts';
import { measureWinnerDetermination } from '../wdp/winner-determination.ts';

export function run(): AsyncIterable<Table> {
  const { env } = process;
  const timeLimit = Number(env.MECHANE_SECONDS ?? 120);
  const cpLimit = Number(env.MECHANE_CP_SECONDS ?? Math.min(60, timeLimit));
  return measureWinnerDetermination({
    folder: env.MECHANE_CATS,
    only: new RegExp(env.MECHANE_CATS_ONLY ?? ''),
    timeLimit,
    peers: installedPeers({ highs: timeLimit, 'cp-sat': cpLimit }),
    limits: `${timeLimit} s at most, ${cpLimit} s for CP-SAT`,
    bids: (env.MECHANE_BIDS ?? '100,250,500,1000,2500,5000').split(',').map(Number),
    growthLimit: Number(env.MECHANE_GROWTH_SECONDS ?? 10),
  });
}
