import { type Game, methodsFor } from '@mechane/game-theory';
import { type ExtensiveForm, type Figure, gamePictures, type NormalForm, type Solved } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CopyLink } from '../copy-link.tsx';
import { FigureView } from '../figure-view.tsx';
import { type Route, unpacked } from '../route.ts';
import { scrolled } from '../scrolled.ts';
import { startWorker } from '../workers.ts';
import { catalogue } from './catalogue.ts';
import { FoldedTree } from './folded-tree.tsx';
import { readGame } from './read-game.ts';
import type { SolveAnswer, SolveTask } from './solver.ts';

const pause = 300;

/** A game to paste, to open or to choose, with its equilibria. */
export function GamesRoom({ route }: { readonly route: Route }): JSX.Element {
  const [text, setText] = useState(catalogue[0]?.text() ?? '');
  const [method, setMethod] = useState('');
  useEffect(() => {
    void unpacked(route.held).then((held) => {
      if (typeof held === 'string') setText(held);
    });
  }, [route.held]);
  const game = useMemo(() => readOr(text), [text]);
  const answer = useSolver('error' in game ? undefined : { text, ...(method === '' ? {} : { method }) });
  const chosen = catalogue.find((each) => each.text() === text);
  const open = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) setText(await file.text());
  };
  return (
    <>
      <h1>Games</h1>
      <p class="lead">
        Choose a published game, or paste one: .nfg, .efg, JSON, or rows of cells such as <code>3,3&nbsp;0,5</code>. Its
        equilibria are found in your browser.
      </p>
      <div class="columns">
        <section class="stack" aria-label="The game">
          <div class="card">
            <div class="field">
              <label for="published">A published game</label>
              <select
                id="published"
                value={chosen?.name ?? ''}
                onChange={({ currentTarget }) =>
                  setText(catalogue.find(({ name }) => name === currentTarget.value)?.text() ?? text)
                }
              >
                {chosen === undefined && <option value="">your own</option>}
                {catalogue.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
              <small>{chosen?.source}</small>
            </div>
            <div class="field">
              <label for="game">As a file has it</label>
              <textarea
                id="game"
                rows={9}
                spellcheck={false}
                value={text}
                onInput={({ currentTarget }) => setText(currentTarget.value)}
              />
            </div>
            <div class="row">
              <label>
                <span class="unseen">Open a file</span>
                <input
                  type="file"
                  accept=".nfg,.efg,.json,.txt"
                  onChange={({ currentTarget }) => open(currentTarget.files?.[0])}
                />
              </label>
              <CopyLink path="games" value={text} />
            </div>
            {!('error' in game) && (
              <label>
                Method{' '}
                <select value={method} onChange={({ currentTarget }) => setMethod(currentTarget.value)}>
                  <option value="">the default</option>
                  {methodsFor(game).map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </label>
            )}
          </div>
        </section>
        <section class="stack" aria-label="Its equilibria" aria-live="polite">
          {'error' in game ? (
            <p class="error card">{game.error}</p>
          ) : (
            <Equilibria key={text} game={game} answer={answer} />
          )}
        </section>
      </div>
    </>
  );
}

function readOr(text: string): Game | { readonly error: string } {
  try {
    return readGame(text);
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** What the solver found of the last task; a worker for each, ended when the next one comes. */
function useSolver(task: SolveTask | undefined): SolveAnswer | undefined {
  const [answer, setAnswer] = useState<SolveAnswer | undefined>(undefined);
  const worker = useRef<Worker | undefined>(undefined);
  const key = JSON.stringify(task);
  useEffect(() => {
    setAnswer(undefined);
    if (key === undefined) return;
    const timer = setTimeout(() => {
      const started = startWorker('solver');
      worker.current = started;
      started.onmessage = ({ data }: MessageEvent<SolveAnswer>) => {
        setAnswer(data);
        started.terminate();
      };
      started.onerror = ({ message }) => setAnswer({ error: message });
      started.postMessage(JSON.parse(key));
    }, pause);
    return () => {
      clearTimeout(timer);
      worker.current?.terminate();
    };
  }, [key]);
  return answer;
}

function Equilibria({ game, answer }: { readonly game: Game; readonly answer: SolveAnswer | undefined }): JSX.Element {
  const solved = answer !== undefined && 'equilibria' in answer ? (answer.equilibria as readonly Solved[]) : [];
  const pictures = (width: number): readonly Figure[] =>
    gamePictures(game as NormalForm | ExtensiveForm, solved, { width });
  const count = useMemo(() => ('nodes' in game ? 0 : pictures(600).length), [game, answer]);
  return (
    <>
      {answer === undefined && <p class="faint card">Looking for equilibria …</p>}
      {answer !== undefined && 'error' in answer && <p class="error card">{answer.error}</p>}
      {answer !== undefined && 'equilibria' in answer && (
        <div class="card">
          <p>
            <strong>{answer.equilibria.length === 1 ? '1 result' : `${answer.equilibria.length} results`}</strong> by{' '}
            {answer.method}, in {Math.round(answer.milliseconds)} ms;{' '}
            {answer.complete ? 'these are all' : (answer.reason ?? 'there may be others')}.
            {answer.components !== undefined && ` Components: ${answer.components.length}.`}
          </p>
          <Listed answer={answer} />
        </div>
      )}
      {'nodes' in game ? (
        <FoldedTree game={game as ExtensiveForm} solved={solved} />
      ) : (
        Array.from({ length: count }, (_, place) => (
          <div key={place} class="card">
            <FigureView draw={(width) => pictures(width)[place] as Figure} />
          </div>
        ))
      )}
    </>
  );
}

function Listed({ answer }: { readonly answer: Extract<SolveAnswer, { readonly method: string }> }): JSX.Element {
  return (
    <details>
      <summary class="faint">As JSON</summary>
      <pre {...scrolled}>
        {answer.equilibria
          .slice(0, 20)
          .map((each) => JSON.stringify(each))
          .join('\n')}
      </pre>
    </details>
  );
}
