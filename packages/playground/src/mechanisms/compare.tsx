import { mechanismPages } from 'virtual:mechanism-pages';
import type { RunResult } from '@mechane/core';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Comparison } from './comparison.tsx';
import { exampleOf } from './examples.ts';
import { type Played, type Ready, readyFor } from './play.ts';
import { toldTheSame, translation } from './same-bids.ts';
import { SettingsForm } from './schema-fields.tsx';
import type { Told } from './told.ts';

interface CompareProps {
  readonly ready: Ready;
  readonly mechanism: string;
  readonly told: Told;
  readonly played: Played;
}

/** The same bids under another rule, of whatever package, side by side. */
export function Compare({ ready, mechanism, told, played }: CompareProps): JSX.Element | null {
  const alike = useMemo(() => othersThatTakeIt(ready, mechanism), [ready, mechanism]);
  const [other, setOther] = useState<string | undefined>(undefined);
  if (alike.length === 0 || told.reports === undefined) return null;
  return (
    <section class="card" aria-labelledby="compare">
      <h2 id="compare">The same under another rule</h2>
      <label>
        Compare with{' '}
        <select
          value={other ?? ''}
          onChange={({ currentTarget }) => setOther(currentTarget.value === '' ? undefined : currentTarget.value)}
        >
          <option value="">–</option>
          {[...new Set(alike.map(chapterOf))].map((chapter) => (
            <optgroup key={chapter} label={chapter}>
              {alike
                .filter((id) => chapterOf(id) === chapter)
                .map((id) => (
                  <option key={id} value={id}>
                    {titleOf(id)} ({id})
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      {other !== undefined && 'result' in played && (
        <Against key={other} ready={ready} mechanism={mechanism} other={other} told={told} result={played.result} />
      )}
    </section>
  );
}

/** Mechanisms that can be told the same: those of other words that are translated, and those of this package that take the very same reports. */
function othersThatTakeIt(ready: Ready, mechanism: string): readonly string[] {
  const report = JSON.stringify(ready.describe(mechanism).report);
  const sameWords = ready.ids.filter(
    (id) => id !== mechanism && JSON.stringify(ready.describe(id).report) === report && report !== 'null',
  );
  const all = new Set([...sameWords, ...toldTheSame(mechanism)]);
  return mechanismPages.map(({ id }) => id).filter((id) => all.has(id));
}

function chapterOf(id: string): string {
  return mechanismPages.find((page) => page.id === id)?.chapter ?? id;
}

function titleOf(id: string): string {
  return mechanismPages.find((page) => page.id === id)?.title ?? id;
}

interface AgainstProps {
  readonly ready: Ready;
  readonly mechanism: string;
  readonly other: string;
  readonly told: Told;
  readonly result: RunResult;
}

/** Loads the package of the other mechanism, whose settings can be changed, and compares. */
function Against({ ready, mechanism, other, told, result }: AgainstProps): JSX.Element {
  const [theirs, setTheirs] = useState<Ready | undefined>(undefined);
  const [changed, setChanged] = useState<Told['settings']>(undefined);
  useEffect(() => {
    let over = false;
    void readyFor(other).then((loaded) => {
      if (!over) setTheirs(loaded);
    });
    return () => {
      over = true;
    };
  }, [other]);
  const put = useMemo(
    () => (theirs === undefined ? undefined : putInWordsOf(theirs, mechanism, other, changed)),
    [theirs, mechanism, other, changed],
  );
  if (theirs === undefined || put === undefined) return <p class="loading">Loading …</p>;
  const schema = theirs.describe(other).settings;
  return (
    <>
      {Object.keys(schema.properties ?? {}).length > 0 && (
        <details class="other-settings">
          <summary class="faint">Settings of {titleOf(other)}</summary>
          <SettingsForm schema={schema} values={put(told).settings ?? {}} onValues={setChanged} />
        </details>
      )}
      <Comparison
        rules={[
          { id: mechanism, title: titleOf(mechanism), ready, put: same },
          { id: other, title: titleOf(other), ready: theirs, put },
        ]}
        told={told}
        result={result}
      />
    </>
  );
}

function same(told: Told): Told {
  return told;
}

/** How what one mechanism is told is put to another: in its words, with its settings as they were changed. */
function putInWordsOf(
  theirs: Ready,
  mechanism: string,
  other: string,
  changed: Told['settings'],
): (told: Told) => Told {
  const translate = translation(mechanism, other);
  const known = Object.keys(theirs.describe(other).settings.properties ?? {});
  const example = exampleOf(other);
  return (told) => {
    const { settings = {} } = told;
    const put = translate?.(told, example) ?? {
      ...told,
      settings: Object.fromEntries(Object.entries(settings).filter(([name]) => known.includes(name))),
    };
    return changed === undefined ? put : { ...put, settings: changed };
  };
}
