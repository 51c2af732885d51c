import { type Client, ServiceError } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { keyOf, newCode } from './class-code.ts';
import { experiments } from './experiments/all.ts';
import type { Experiment } from './game.ts';
import { classLabel } from './playing.ts';

/** The mechanism of the session that a class comes into, in which nothing is asked of anybody. */
const halls = ['auction-sealed/second-price', 'market/call'];

/** Where a teacher chooses an experiment, and a class is opened. */
export function ChooseExperiment({ client }: { readonly client: Client }): JSX.Element {
  const [installed, setInstalled] = useState<ReadonlySet<string> | undefined>(undefined);
  const [problem, setProblem] = useState('');
  const say = (error: unknown): void => setProblem(error instanceof Error ? error.message : String(error));
  useEffect(() => {
    client.mechanisms().then((all) => setInstalled(new Set(all.map(({ id }) => id))), say);
  }, [client]);
  const open = async (experiment: Experiment): Promise<void> => {
    setProblem('');
    try {
      const mechanism = halls.find((hall) => installed?.has(hall));
      if (mechanism === undefined)
        throw new Error('Install @mechane/auction-sealed where the service runs: a class needs it.');
      location.hash = `#/classroom/hold/${await openClass(client, mechanism, experiment)}`;
    } catch (error) {
      say(error);
    }
  };
  return (
    <>
      <h1>Choose an experiment</h1>
      <p class="lead">
        Each student is dealt a hand that nobody else sees. You get one link and a short code for all, and a screen for
        the wall.
      </p>
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <ul class="experiments">
        {experiments.map((experiment) => {
          const missing = experiment.games
            .map(({ mechanism }) => mechanism)
            .filter((id) => installed?.has(id) === false);
          return (
            <li key={experiment.id} class="card">
              <h2>{experiment.title}</h2>
              <p>{experiment.about}</p>
              {missing.length > 0 ? (
                <p class="faint">
                  Install <code>@mechane/{missing[0]?.split('/')[0]}</code> where the service runs.
                </p>
              ) : (
                <button type="button" aria-label={`Open a class: ${experiment.title}`} onClick={() => open(experiment)}>
                  Open a class
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Opens a class under a code that no other has. */
async function openClass(client: Client, mechanism: string, experiment: Experiment): Promise<string> {
  for (;;) {
    const code = newCode();
    // The note tells this class from an earlier one of the same code.
    const note = { class: code, opened: new Date().toISOString() };
    try {
      await client.create({ mechanism, agents: [], entry: 'open', label: classLabel(experiment), note }, keyOf(code));
      return code;
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'idempotency-key-reused') throw error;
    }
  }
}
