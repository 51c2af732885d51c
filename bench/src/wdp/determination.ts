import type { Goal, Table } from '../table.ts';
import { geometricMean } from './geometric-mean.ts';
import { auctionIn, type Instance } from './instances.ts';
import { determine } from './own-engine.ts';
import type { Answer, Peer } from './peer.ts';

/** Times below this are taken three times, each after a run that does not count, and the middle one does. */
const short = 1;

/** An instance, and what each side made of it. */
export interface Comparison {
  readonly instance: Instance;
  /** Seconds that our first run of all took, with whatever had to be compiled again. */
  readonly first: number;
  readonly own: Answer;
  readonly peers: readonly Answer[];
}

/** Solves each instance by every side in turn before it goes on to the next. */
export async function compare(
  instances: readonly Instance[],
  peers: readonly Peer[],
  timeLimit: number,
  tell: (name: string) => void,
): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const instance of instances) {
    tell(instance.name);
    const auction = auctionIn(instance);
    const rounds: (readonly Answer[])[] = [];
    const sides = [() => determine(auction, timeLimit), ...peers.map((peer) => () => peer.solve(instance.file))];
    let firstOfAll: number | undefined;
    const round = async (): Promise<void> => {
      const answers: Answer[] = [];
      for (const solve of sides) {
        const first = await solve();
        firstOfAll ??= first.seconds;
        answers.push(first.seconds < short ? await solve() : first);
      }
      rounds.push(answers);
    };
    await round();
    const slowest = Math.max(...(rounds[0] as readonly Answer[]).map(({ seconds }) => seconds));
    for (let again = 0; again < 2 && slowest < short; again++) await round();
    const [own, ...others] = (rounds[0] as readonly Answer[]).map((_, side) =>
      middle(rounds.map((answers) => answers[side] as Answer)),
    );
    comparisons.push({ instance, first: firstOfAll as number, own: own as Answer, peers: others });
  }
  return comparisons;
}

function middle(answers: readonly Answer[]): Answer {
  return [...answers].sort((a, b) => a.seconds - b.seconds)[answers.length >> 1] as Answer;
}

/** How many times as long the peer took. Where only one side has a proof, the other's time is at least the limit's: a bound on the ratio. */
export function ratioOf({ own, peers }: Comparison, peer: number): number | null {
  const other = peers[peer] as Answer;
  return own.status === 'optimal' || other.status === 'optimal' ? other.seconds / own.seconds : null;
}

/** Whether what was found is the optimum that is known, and no more than it. */
function agrees({ instance: { known }, own }: Comparison): boolean {
  if (!known?.proved) return true;
  const near = Math.abs((own.objective ?? 0) - known.welfare) <= 1e-6 * known.welfare;
  return own.status === 'optimal' ? near : (own.objective ?? 0) <= known.welfare * (1 + 1e-6);
}

export function perInstance(comparisons: readonly Comparison[], peers: readonly Peer[], limit: string): Table {
  const optima = comparisons.filter(({ instance }) => instance.known?.proved);
  const matched = optima.filter((comparison) => comparison.own.status === 'optimal' && agrees(comparison));
  return {
    title: `Winner determination, interleaved, one thread each, ${limit}, short runs (below ${short} s) of all sides after one that does not count: ours with validation, certificate, recheck and metrics; ${peersInWords(peers)}`,
    columns: [
      ...['instance', 'first ms', 'ms', 'status', 'gap in %'],
      ...peers.flatMap(({ name }) => [`${name} ms`, 'status', 'gap in %', `${name} / ours`]),
      ...['welfare', 'known welfare', 'agrees'],
    ],
    rows: comparisons.map((comparison) => [
      comparison.instance.name,
      comparison.first * 1e3,
      ...cellsOf(comparison.own),
      ...comparison.peers.flatMap((answer, peer) => [...cellsOf(answer), ratioOf(comparison, peer)]),
      comparison.own.objective,
      comparison.instance.known?.welfare ?? null,
      agrees(comparison) ? 'yes' : 'NO',
    ]),
    goals: [
      ...(optima.length === 0
        ? []
        : [{ what: 'known optima that are matched and proved', measured: matched.length, atLeast: optima.length }]),
      {
        what: 'results that contradict what is known',
        measured: comparisons.filter((each) => !agrees(each)).length,
        atMost: 0,
      },
      ...peers.flatMap((peer, index) => goalsAgainst(peer, comparisons, index)),
    ],
  };
}

function goalsAgainst({ name }: Peer, comparisons: readonly Comparison[], peer: number): Goal[] {
  const proved = comparisons.filter(({ peers }) => peers[peer]?.status === 'optimal');
  const ratios = proved.flatMap((comparison) => ratioOf(comparison, peer) ?? []);
  const all = comparisons.flatMap((comparison) => ratioOf(comparison, peer) ?? []);
  const open = comparisons.filter(({ peers }) => peers[peer]?.status !== 'optimal');
  const tighter = open.filter(
    ({ own, peers }) => own.status === 'optimal' || (gapOf(own) ?? 1) < (gapOf(peers[peer] as Answer) ?? Infinity),
  );
  return [
    {
      what: `${name} over ours, geometric mean where ${name} has a proof`,
      measured: geometricMean(ratios),
      atLeast: 3,
    },
    { what: `${name} over ours, the worst of them`, measured: Math.min(...ratios), atLeast: 1 / 1.5 },
    {
      what: `${name} over ours, geometric mean where either has a proof, at least`,
      measured: geometricMean(all),
      atLeast: 3,
    },
    ...(open.length === 0
      ? []
      : [
          {
            what: `instances that ${name} leaves open, proved or with a smaller gap`,
            measured: tighter.length,
            atLeast: open.length,
          },
        ]),
  ];
}

/** The dense families and the easy ones have a higher goal than the others. */
const fivefold: ReadonlySet<string> = new Set(['L2', 'L7', 'L4', 'matching', 'paths', 'scheduling']);

export function byFamily(comparisons: readonly Comparison[], peers: readonly Peer[]): Table {
  const names = [...new Set(comparisons.map(({ instance }) => instance.family))];
  const goals: Goal[] = [];
  const rows = names.map((family) => {
    const own = comparisons.filter(({ instance }) => instance.family === family);
    const cells = peers.flatMap(({ name }, peer) => {
      const ratios = own.flatMap((comparison) => ratioOf(comparison, peer) ?? []);
      const measured = geometricMean(ratios);
      if (fivefold.has(family)) goals.push({ what: `${name} over ours on ${family}`, measured, atLeast: 5 });
      return ratios.length === 0 ? [null, null] : [measured, Math.min(...ratios)];
    });
    return [family, own.length, own.filter(({ own: { status } }) => status === 'optimal').length, ...cells];
  });
  return {
    title: 'The same by family: geometric means of ratios, and the worst ratio',
    columns: ['family', 'instances', 'proved', ...peers.flatMap(({ name }) => [`${name} / ours`, 'worst'])],
    rows,
    goals,
  };
}

function cellsOf(answer: Answer): (string | number | null)[] {
  const gap = gapOf(answer);
  return [answer.seconds * 1e3, answer.status, gap === null ? null : gap * 100];
}

function gapOf({ objective, bound }: Answer): number | null {
  return objective === null || bound === null ? null : Math.max(0, (bound - objective) / bound);
}

export function peersInWords(peers: readonly Peer[]): string {
  if (peers.length === 0) return 'no peers: node bench/peers/install.mjs installs them';
  return peers.map(({ name, version }) => `${name} by ${version}`).join(', ');
}
