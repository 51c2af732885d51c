/** How long something takes beside its peer. */
export interface Ratio {
  /** Median seconds a call. */
  readonly seconds: number;
  readonly peerSeconds: number;
  /** The median of the ratios of neighbouring calls: noise that lasts longer than two calls cancels out. */
  readonly ratio: number;
}

/** Where results go, so that no call is removed for being useless. */
const kept: unknown[] = [];

/** Calls both in turn and compares neighbours. */
export function measureRatio(call: () => unknown, peer: () => unknown, rounds = 201): Ratio {
  for (let warmUp = 0; warmUp < 20; warmUp++) kept[0] = [call(), peer()];
  const times = Array.from({ length: rounds }, () => ({ own: timed(call), peer: timed(peer) }));
  return {
    seconds: median(times.map(({ own }) => own)),
    peerSeconds: median(times.map(({ peer }) => peer)),
    ratio: median(times.map(({ own, peer }) => own / peer)),
  };
}

function timed(call: () => unknown): number {
  const started = performance.now();
  kept[0] = call();
  return (performance.now() - started) / 1e3;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}
