import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Compared, Pair } from './compared.ts';
import { type Rule, smallestDifferences } from './smallest-difference.ts';
import type { Told } from './told.ts';

/** How long the search works before the page is let go on, in milliseconds. */
const slice = 8;

/** Looks for the smallest case on which they differ, in slices, so that one can go on typing. */
export function SmallestDifference({ rules, told }: { readonly rules: Pair; readonly told: Told }): JSX.Element {
  const [found, setFound] = useState<{ readonly smallest: Told | undefined; readonly over: boolean } | undefined>();
  const [one, other] = rules;
  useEffect(() => {
    const asRule =
      ({ ready, id, put }: Compared): Rule =>
      (given) =>
        ready.play(id, put(given));
    const search = smallestDifferences(asRule(one), asRule(other), told);
    let smallest: Told | undefined;
    const look = (): void => {
      for (const until = performance.now() + slice; performance.now() < until; ) {
        const { value, done } = search.next();
        if (done === true) {
          setFound({ smallest, over: true });
          return;
        }
        smallest = value;
      }
      setFound({ smallest, over: false });
      timer = setTimeout(look, slice);
    };
    let timer = setTimeout(look, slice);
    return () => clearTimeout(timer);
  }, [one.id, one.ready, other.id, other.ready, other.put, told]);
  if (found === undefined) return <p class="faint">Looking for the smallest case on which they differ …</p>;
  const { smallest, over } = found;
  if (smallest === undefined) {
    return <p class="faint">{over ? 'On these reports both give the same.' : 'Looking for a difference …'}</p>;
  }
  return (
    <p class="faint">
      {over ? 'The smallest case found on which they differ: ' : 'They differ; smallest case so far: '}
      <code>{JSON.stringify(smallest.reports)}</code>
    </p>
  );
}
