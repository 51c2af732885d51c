import type { Experiment } from '@mechane/adaptive';
import { armsPulled, convergenceCurve, curves, learningCurve, type SimulatedPlay } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { FigureView } from '../figure-view.tsx';
import { startWorker } from '../workers.ts';
import type { SimulatorAnswer } from './simulator.ts';

const kinds = ['hedge', 'exp3', 'regret-matching', 'shading', 'truthful'];
const rules = ['auction-sealed/first-price', 'auction-sealed/second-price', 'auction-sealed/all-pay'];

/** Bidders that learn while one watches. */
export function SimulationRoom(): JSX.Element {
  const [kind, setKind] = useState('hedge');
  const [count, setCount] = useState(2);
  const [chosen, setChosen] = useState<readonly string[]>([rules[0] as string]);
  const [rounds, setRounds] = useState(16_000);
  const [answer, watch, stop] = useSimulator();
  const playing = answer !== undefined && !('error' in answer) && !answer.over;
  const experiment: Experiment = {
    arms: chosen.map((mechanism) => ({ mechanism })),
    policy: { kind: 'ucb1' },
    population: { bidders: [{ kind, count, values: { kind: 'uniform', low: 0, high: 1 } }] },
    rounds,
    seed: 1,
  };
  const toggle = (rule: string): void =>
    setChosen((before) => (before.includes(rule) ? before.filter((each) => each !== rule) : [...before, rule]));
  return (
    <>
      <h1>Simulation</h1>
      <p class="lead">
        Bidders with values drawn from 0 to 1 play round after round, and learn what to bid. With several rules a
        designer learns which earns most.
      </p>
      <div class="columns">
        <section class="card" aria-label="The experiment">
          <div class="field">
            <label for="kind">Bidders</label>
            <select id="kind" value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
              {kinds.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="count">How many: {count}</label>
            <input
              id="count"
              type="range"
              min={2}
              max={6}
              value={count}
              onInput={({ currentTarget }) => setCount(Number(currentTarget.value))}
            />
          </div>
          <div class="field">
            <label for="rounds">Rounds: {rounds.toLocaleString('en')}</label>
            <input
              id="rounds"
              type="range"
              min={2000}
              max={64000}
              step={2000}
              value={rounds}
              onInput={({ currentTarget }) => setRounds(Number(currentTarget.value))}
            />
          </div>
          <fieldset class="choices">
            <legend>Rules</legend>
            {rules.map((rule) => (
              <label key={rule}>
                <input type="checkbox" checked={chosen.includes(rule)} onChange={() => toggle(rule)} />{' '}
                {rule.split('/')[1]}
              </label>
            ))}
          </fieldset>
          <div class="row">
            <button
              type="button"
              class="primary"
              disabled={chosen.length === 0}
              onClick={() => (playing ? stop() : watch(experiment))}
            >
              {playing ? 'Stop' : 'Watch them learn'}
            </button>
          </div>
        </section>
        <section class="stack" aria-label="What they learn" aria-live="polite">
          {answer === undefined && <Expected rule={chosen[0]} bidders={count} />}
          {answer !== undefined && 'error' in answer && <p class="error card">{answer.error}</p>}
          {answer !== undefined && 'simulation' in answer && <Learnt answer={answer} bidders={count} />}
        </section>
      </div>
    </>
  );
}

function useSimulator(): readonly [SimulatorAnswer | undefined, (experiment: Experiment) => void, () => void] {
  const [answer, setAnswer] = useState<SimulatorAnswer | undefined>(undefined);
  const worker = useRef<Worker | undefined>(undefined);
  const end = (): void => worker.current?.terminate();
  useEffect(() => end, []);
  const watch = (experiment: Experiment): void => {
    end();
    setAnswer(undefined);
    worker.current = startWorker('simulator');
    worker.current.onmessage = ({ data }: MessageEvent<SimulatorAnswer>) => setAnswer(data);
    worker.current.onerror = ({ message }) => setAnswer({ error: message });
    worker.current.postMessage(experiment);
  };
  const stop = (): void => {
    end();
    setAnswer((before) => (before !== undefined && 'simulation' in before ? { ...before, over: true } : undefined));
  };
  return [answer, watch, stop];
}

/** What theory expects of them, before anything is played. */
function Expected({ rule, bidders }: { readonly rule: string | undefined; readonly bidders: number }): JSX.Element {
  const equilibrium = equilibriumOf(rule ?? '', bidders);
  if (equilibrium.points.length === 0) return <p class="faint card">Choose a rule.</p>;
  return (
    <div class="card">
      <FigureView
        draw={(width) =>
          curves([equilibrium], {
            width,
            title: 'What they bid in equilibrium',
            subtitle: 'By what the item is worth to them, in units of money; nothing is played yet',
            x: 'value',
            y: 'bid',
            zero: true,
          })
        }
      />
    </div>
  );
}

function Learnt({
  answer: { simulation },
  bidders,
}: {
  readonly answer: Extract<SimulatorAnswer, { readonly over: boolean }>;
  readonly bidders: number;
}): JSX.Element {
  const simulated = simulation as unknown as SimulatedPlay;
  const [first] = simulation.arms;
  const strategies = simulation.regret.bidders.filter(({ arm, strategy }) => arm === 0 && strategy !== null);
  return (
    <>
      {strategies.length > 0 && (
        <div class="card">
          <FigureView
            draw={(width) =>
              curves(
                [
                  ...strategies.slice(0, 3).map(({ agent, strategy }) => ({
                    name: agent,
                    points: (strategy ?? []).map(({ value, bid }) => ({ x: value, y: bid })),
                  })),
                  equilibriumOf(first?.mechanism ?? '', bidders),
                ].filter(({ points }) => points.length > 0),
                {
                  width,
                  title: `What they bid after ${simulation.rounds.toLocaleString('en')} rounds`,
                  subtitle: 'By what the item is worth to them, in units of money',
                  x: 'value',
                  y: 'bid',
                  zero: true,
                },
              )
            }
          />
        </div>
      )}
      <div class="card">
        <FigureView draw={(width) => learningCurve(simulated, { width })} />
      </div>
      {simulation.arms.length > 1 && (
        <div class="card">
          <FigureView draw={(width) => armsPulled(simulated, { width })} />
        </div>
      )}
      {simulation.convergence.coarse !== null && (
        <div class="card">
          <FigureView draw={(width) => convergenceCurve(simulated, { width })} />
        </div>
      )}
    </>
  );
}

/** What bidders bid in equilibrium where values are uniform on [0, 1] (Vickrey 1961; for all-pay, Krishna 2010). */
function equilibriumOf(
  mechanism: string,
  bidders: number,
): { readonly name: string; readonly points: readonly { readonly x: number; readonly y: number }[] } {
  const bid: Readonly<Record<string, (value: number) => number>> = {
    'auction-sealed/first-price': (value) => ((bidders - 1) / bidders) * value,
    'auction-sealed/second-price': (value) => value,
    'auction-sealed/all-pay': (value) => ((bidders - 1) / bidders) * value ** bidders,
  };
  const rule = bid[mechanism];
  const points =
    rule === undefined ? [] : Array.from({ length: 41 }, (_, place) => ({ x: place / 40, y: rule(place / 40) }));
  return { name: 'equilibrium', points };
}
