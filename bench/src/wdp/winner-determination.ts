import type { Table } from '../table.ts';
import { growth } from './bids-growth.ts';
import { byFamily, compare, perInstance } from './determination.ts';
import { auctionIn, drawnInstances, type Instance, instancesIn, sharedFolder } from './instances.ts';
import { determine } from './own-engine.ts';
import { payments } from './payments.ts';
import { Peer, type PeerCommand } from './peer.ts';

export interface WinnerDeterminationOptions {
  /** A folder of instances; that beside the repository, or drawn ones, where none is named. */
  readonly folder?: string | undefined;
  /** What names of instances must match. */
  readonly only: RegExp;
  /** Seconds for each search. */
  readonly timeLimit: number;
  readonly peers: readonly PeerCommand[];
  /** The limits in words. */
  readonly limits: string;
  /** The numbers of bids of growth curves. */
  readonly bids: readonly number[];
  readonly growthLimit: number;
}

/** Sizes to draw where there are no instances in a folder. */
const drawnSizes = [
  [64, 250],
  [128, 500],
  [256, 1_000],
] as const;

export async function* measureWinnerDetermination(
  options: WinnerDeterminationOptions,
  tell: (sentence: string) => void = (sentence) => console.error(sentence),
): AsyncGenerator<Table> {
  const { only, timeLimit, limits, bids, growthLimit } = options;
  const folder = sharedFolder(options.folder);
  if (folder === undefined)
    tell(
      'There are no published instances here (MECHANE_CATS names a folder): drawn ones are measured, whose optima nobody has published.',
    );
  const instances = folder === undefined ? drawnInstances(only, drawnSizes) : instancesIn(folder, only);
  warmUp(instances);
  const peers = options.peers.map((command) => new Peer(command));
  try {
    const comparisons = await compare(instances, peers, timeLimit, tell);
    yield perInstance(comparisons, peers, limits);
    yield byFamily(comparisons, peers);
    yield payments(comparisons, timeLimit, tell);
    yield growth(instances, bids, growthLimit, tell);
  } finally {
    for (const peer of peers) peer.close();
  }
}

/** Until the compiler has seen the code on the smallest instance of each family, as the peers' compiler has long before. */
function warmUp(instances: readonly Instance[]): void {
  const smallest = new Map<string, Instance>();
  const goods = ({ name }: Instance): number => Number(name.split('-')[1]);
  for (const instance of instances) {
    const other = smallest.get(instance.family);
    if (other === undefined || goods(instance) < goods(other)) smallest.set(instance.family, instance);
  }
  for (const instance of smallest.values()) determine(auctionIn(instance), 2);
}
