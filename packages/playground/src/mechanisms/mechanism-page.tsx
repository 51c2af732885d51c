import { mechanismPages } from 'virtual:mechanism-pages';
import type { Description } from '@mechane/core';
import { type AnyRecord, type Figure, picturesOf } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { compactJson } from '../compact-json.ts';
import { CopyLink } from '../copy-link.tsx';
import { FigureView } from '../figure-view.tsx';
import { unpacked } from '../route.ts';
import { scrolled } from '../scrolled.ts';
import { AgentsTable } from './agents-table.tsx';
import { Compare } from './compare.tsx';
import { exampleOf } from './examples.ts';
import { type Played, type Ready, readyFor } from './play.ts';
import { SettingsForm } from './schema-fields.tsx';
import { TakeAlong } from './take-along.tsx';
import type { Told } from './told.ts';
import { VerifyHere } from './verify-here.tsx';

/** A mechanism to try: what is told, what comes of it, what it claims. */
export function MechanismPage({ id, held }: { readonly id: string; readonly held: string | null }): JSX.Element {
  const [ready, setReady] = useState<Ready | undefined | null>(null);
  const [told, setTold] = useState<Told | undefined>(undefined);
  useEffect(() => {
    let over = false;
    void Promise.all([readyFor(id), unpacked(held)]).then(([found, given]) => {
      if (over) return;
      setReady(found?.ids.includes(id) ? found : undefined);
      setTold((given as Told | undefined) ?? exampleOf(id));
    });
    return () => {
      over = true;
    };
  }, [id, held]);
  if (ready === undefined) return <NoSuch id={id} />;
  if (ready === null || told === undefined) return <p class="loading">Loading …</p>;
  return <Tried ready={ready} id={id} told={told} onTold={setTold} />;
}

function NoSuch({ id }: { readonly id: string }): JSX.Element {
  return (
    <>
      <h1>There is no {id}</h1>
      <p>
        <a href="#/mechanism">All mechanisms</a>
      </p>
    </>
  );
}

function Tried({
  ready,
  id,
  told,
  onTold,
}: {
  readonly ready: Ready;
  readonly id: string;
  readonly told: Told;
  readonly onTold: (told: Told) => void;
}): JSX.Element {
  const description = useMemo(() => ready.describe(id), [ready, id]);
  const played = useMemo(() => ready.play(id, told), [ready, id, told]);
  const page = mechanismPages.find((each) => each.id === id);
  return (
    <>
      <h1>{page?.title ?? id}</h1>
      <p class="lead">
        {description.summary}. <code class="id">{id}</code>
      </p>
      <div class="columns">
        <div class="stack">
          <ToldForm description={description} told={told} onTold={onTold} />
        </div>
        <div class="stack">
          <section class="card" aria-label="What comes of it">
            <Result told={told} played={played} />
          </section>
          <div class="row">
            <CopyLink path={`mechanism/${id}`} value={told} />
            <button type="button" onClick={() => onTold(exampleOf(id))}>
              Start again
            </button>
          </div>
        </div>
      </div>
      <div class="stack below">
        <VerifyHere id={id} claims={ready.claimsAt(id, told.settings)} />
        <Compare ready={ready} mechanism={id} told={told} played={played} />
        <TakeAlong mechanism={id} told={told} />
      </div>
    </>
  );
}

function ToldForm({
  description,
  told,
  onTold,
}: {
  readonly description: Description;
  readonly told: Told;
  readonly onTold: (told: Told) => void;
}): JSX.Element {
  const { report, settings } = description;
  return (
    <>
      <section class="card" aria-labelledby="told">
        <h2 id="told">{told.messages === undefined ? 'What agents say' : 'Messages, one after another'}</h2>
        {told.messages !== undefined || report === null ? (
          <Messages messages={told.messages ?? []} onMessages={(messages) => onTold({ ...told, messages })} />
        ) : (
          <AgentsTable
            schema={report}
            reports={told.reports ?? {}}
            onReports={(reports) => onTold({ ...told, reports })}
          />
        )}
      </section>
      {Object.keys(settings.properties ?? {}).length > 0 && (
        <section class="card" aria-labelledby="settings">
          <h2 id="settings">Settings</h2>
          <SettingsForm
            schema={settings}
            values={told.settings ?? {}}
            onValues={(values) => onTold({ ...told, settings: values })}
          />
        </section>
      )}
    </>
  );
}

function Messages({
  messages,
  onMessages,
}: {
  readonly messages: NonNullable<Told['messages']>;
  readonly onMessages: (messages: NonNullable<Told['messages']>) => void;
}): JSX.Element {
  const [text, setText] = useState(() => messages.map((each) => JSON.stringify(each)).join('\n'));
  const [problem, setProblem] = useState('');
  const type = (typed: string): void => {
    setText(typed);
    try {
      const read = typed
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as unknown[]);
      setProblem('');
      onMessages(read);
    } catch (thrown) {
      setProblem(String(thrown));
    }
  };
  return (
    <>
      <textarea
        aria-label="Messages, a line each"
        rows={Math.max(6, messages.length + 2)}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => type(currentTarget.value)}
      />
      {problem !== '' && <p class="error">{problem}</p>}
    </>
  );
}

function Result({ told, played }: { readonly told: Told; readonly played: Played }): JSX.Element {
  if ('problem' in played) {
    return (
      <p class="error" role="status">
        {played.problem}
      </p>
    );
  }
  const { result } = played;
  const { outcome, metrics, certificate } = result;
  const measures = Object.entries(metrics).filter(([, value]) => value !== null);
  const drawn = (width: number): readonly Figure[] =>
    picturesOf({ ...told, ...result, outcome: outcome as AnyRecord }, { width });
  return (
    <>
      {drawn(600).map((_, place) => (
        <FigureView key={place === 0 ? 'first' : 'second'} draw={(width) => drawn(width)[place] as Figure} />
      ))}
      <dl>
        {measures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {typeof value === 'number' ? String(Number(value.toPrecision(8))).replace('-', '−') : String(value)}
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary class="faint">Outcome{certificate === undefined ? '' : ' and certificate'} as JSON</summary>
        <pre {...scrolled}>{compactJson({ outcome, ...(certificate === undefined ? {} : { certificate }) })}</pre>
      </details>
    </>
  );
}
