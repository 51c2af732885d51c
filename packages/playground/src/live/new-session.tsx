import type { Client, DescribedMechanism, ListedMechanism, Making } from '@mechane/client';
import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { exampleOf } from '../mechanisms/examples.ts';
import { SettingsForm } from '../mechanisms/schema-fields.tsx';
import { makeSession } from './made.ts';
import { titleOf } from './title-of.ts';

interface Wished {
  readonly agents: string;
  readonly isOpen: boolean;
  readonly seconds: string;
  readonly minutes: string;
  readonly isDisclosed: boolean;
}

const usual: Wished = { agents: 'ann, bob', isOpen: false, seconds: '', minutes: '', isDisclosed: false };
const first = 'auction-sealed/second-price';

/** Where a session of any mechanism is made. */
export function NewSession({ client }: { readonly client: Client }): JSX.Element {
  const [listed, setListed] = useState<readonly ListedMechanism[]>([]);
  const [mechanism, setMechanism] = useState<DescribedMechanism | undefined>(undefined);
  const [settings, setSettings] = useState<Readonly<Record<string, unknown>>>({});
  const [wished, setWished] = useState(usual);
  const [problem, setProblem] = useState('');
  const say = (error: unknown): void => setProblem(error instanceof Error ? error.message : String(error));
  const choose = (id: string): void => {
    setProblem('');
    client.mechanism(id).then((described) => {
      setMechanism(described);
      setSettings(neededSettings(described));
    }, say);
  };
  useEffect(() => {
    client.mechanisms().then((all) => {
      setListed(all);
      choose(all.some(({ id }) => id === first) ? first : (all[0]?.id ?? first));
    }, say);
  }, [client]);
  const create = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem('');
    try {
      const { id } = await makeSession(client, makingOf(mechanism?.id ?? '', settings, wished));
      location.hash = `#/live/hold/${id}`;
    } catch (error) {
      say(error);
    }
  };
  if (mechanism === undefined) return <p class={problem === '' ? 'loading' : 'error'}>{problem || 'Loading …'}</p>;
  return (
    <>
      <p>
        <a href="#/live/hold">All sessions</a>
      </p>
      <h1>New session</h1>
      <form class="columns" onSubmit={create}>
        <section class="card" aria-labelledby="what">
          <h2 id="what">What is played</h2>
          <div class="field">
            <label for="mechanism">Mechanism</label>
            <select id="mechanism" value={mechanism.id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
              {listed.map(({ id }) => (
                <option key={id} value={id}>
                  {titleOf(id)}
                </option>
              ))}
            </select>
            <small>
              {mechanism.summary}. <code class="id">{mechanism.id}</code>
            </small>
          </div>
          <SettingsForm
            key={mechanism.id}
            schema={mechanism.settings as JsonSchema}
            values={settings}
            onValues={setSettings}
          />
        </section>
        <section class="card" aria-labelledby="who">
          <h2 id="who">Who takes part, and until when</h2>
          <Wishes wished={wished} onWished={setWished} />
          <button type="submit" class="primary">
            Open the session
          </button>
          {problem !== '' && (
            <p class="error" role="alert">
              {problem}
            </p>
          )}
        </section>
      </form>
    </>
  );
}

/** The settings without which there is no session, as the documentation has them; all others are left to the mechanism. */
function neededSettings({ id, settings }: DescribedMechanism): Readonly<Record<string, unknown>> {
  const { required = [] } = settings as { readonly required?: readonly string[] };
  const shown = Object.entries(exampleOf(id).settings ?? {});
  return Object.fromEntries(shown.filter(([name]) => required.includes(name)));
}

function Wishes({
  wished,
  onWished,
}: {
  readonly wished: Wished;
  readonly onWished: (wished: Wished) => void;
}): JSX.Element {
  const text = (key: 'agents' | 'seconds' | 'minutes', label: string, hint: string): JSX.Element => (
    <div class="field">
      <label for={key}>{label}</label>
      <input
        id={key}
        {...(key === 'agents' ? {} : { type: 'number', min: 1, step: 'any' })}
        autocomplete="off"
        value={wished[key]}
        onInput={({ currentTarget }) => onWished({ ...wished, [key]: currentTarget.value })}
      />
      <small>{hint}</small>
    </div>
  );
  const check = (key: 'isOpen' | 'isDisclosed', label: string): JSX.Element => (
    <label class="check">
      <input
        type="checkbox"
        checked={wished[key]}
        onChange={({ currentTarget }) => onWished({ ...wished, [key]: currentTarget.checked })}
      />
      {label}
    </label>
  );
  return (
    <>
      {text('agents', 'Names', 'With commas between. Each gets a link of its own.')}
      {check('isOpen', 'Others may come in, by one link for all')}
      {text(
        'seconds',
        'Seconds that a round is open',
        'Without it, a round is open until all have answered, or you close it.',
      )}
      {text(
        'minutes',
        'Minutes until the session closes',
        'Without it, it closes when it is over, or when you close it.',
      )}
      {check('isDisclosed', 'Afterwards, all may see what each has said (a class); else only what came out')}
    </>
  );
}

function makingOf(mechanism: string, settings: Readonly<Record<string, unknown>>, wished: Wished): Making {
  const { agents, isOpen, seconds, minutes, isDisclosed } = wished;
  const names = agents.split(/[,\n]/).map((name) => name.trim());
  return {
    mechanism,
    settings,
    agents: names.filter((name) => name !== ''),
    ...(isOpen ? { entry: 'open' } : {}),
    ...(seconds === '' ? {} : { within: Number(seconds) * 1000 }),
    ...(minutes === '' ? {} : { closesAt: new Date(Date.now() + Number(minutes) * 60_000).toISOString() }),
    ...(isDisclosed ? { disclosure: 'full' } : {}),
  };
}
