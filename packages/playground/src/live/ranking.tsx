import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { NameAdder } from './name-adder.tsx';
import type { Names } from './names.ts';

/** Where names are ranked: pressed one after the other, the best first, and then dragged, or moved by buttons. */
export function Ranking({
  id,
  names: { known, isWhole },
  ranked,
  onRanked,
}: {
  readonly id: string;
  readonly names: Names;
  readonly ranked: readonly string[];
  readonly onRanked: (ranked: readonly string[]) => void;
}): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState('');
  const [dragged, setDragged] = useState<string | undefined>(undefined);
  const refocus = useRef<string | undefined>(undefined);
  const left = known.filter((name) => !ranked.includes(name));
  useLayoutEffect(() => {
    // A row that moves takes the place of another: the button that was pressed keeps the keyboard.
    if (refocus.current === undefined) return;
    document.getElementById(refocus.current)?.focus();
    refocus.current = undefined;
  });
  const become = (now: readonly string[], said: string): void => {
    onRanked(now);
    setTold(said);
  };
  const move = (name: string, to: number): void => {
    if (to < 0 || to >= ranked.length || ranked[to] === name) return;
    become(ranked.filter((each) => each !== name).toSpliced(to, 0, name), `${name} is number ${to + 1}`);
  };
  const press = (name: string, by: -1 | 1): void => {
    refocus.current = `${id}-${by}-${name}`;
    move(name, ranked.indexOf(name) + by);
  };
  const add = (name: string): void => {
    if (!ranked.includes(name)) become([...ranked, name], `${name} is number ${ranked.length + 1}`);
  };
  useEffect(() => {
    if (dragged === undefined) return undefined;
    // A row that is dragged is taken out and put in again, which ends what it has captured: the window hears all.
    const drag = ({ clientY }: PointerEvent): void => {
      const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
      move(dragged, rows.filter(({ top, height }) => clientY > top + height).length);
    };
    const drop = (): void => setDragged(undefined);
    addEventListener('pointermove', drag);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', drop);
    return () => {
      removeEventListener('pointermove', drag);
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', drop);
    };
  });
  return (
    <div class="ranking">
      {ranked.length > 0 && (
        <ol ref={list}>
          {ranked.map((name, place) => (
            <li key={name} class={name === dragged ? 'dragged' : ''}>
              <span class="handle" onPointerDown={() => setDragged(name)}>
                <b>{place + 1}</b> {name}
              </span>
              <Step id={`${id}--1-${name}`} label={`${name} up`} isIdle={place === 0} onStep={() => press(name, -1)}>
                ↑
              </Step>
              <Step
                id={`${id}-1-${name}`}
                label={`${name} down`}
                isIdle={place === ranked.length - 1}
                onStep={() => press(name, 1)}
              >
                ↓
              </Step>
              <Step
                id={`${id}-0-${name}`}
                label={`Leave out ${name}`}
                isIdle={false}
                onStep={() => {
                  refocus.current = known.includes(name) ? `${id}-add-${name}` : `${id}-type`;
                  become(
                    ranked.filter((each) => each !== name),
                    `${name} is left out`,
                  );
                }}
              >
                ×
              </Step>
            </li>
          ))}
        </ol>
      )}
      {left.length > 0 && (
        <>
          <small>
            {ranked.length === 0 ? 'Press what you like best, then what is next.' : 'Next, or leave it out:'}
          </small>
          <div class="row">
            {left.map((name, place) => (
              <button
                type="button"
                key={name}
                id={`${id}-add-${name}`}
                aria-label={`Rank ${name} next`}
                onClick={() => {
                  const next = left[place + 1] ?? left[place - 1];
                  refocus.current = next === undefined ? `${id}--1-${name}` : `${id}-add-${next}`;
                  add(name);
                }}
              >
                {name}
              </button>
            ))}
          </div>
        </>
      )}
      {!isWhole && <NameAdder id={`${id}-type`} label={known.length > 0 ? 'Another name' : 'A name'} onName={add} />}
      <span class="unseen" role="status">
        {told}
      </span>
    </div>
  );
}

function Step({
  id,
  label,
  isIdle,
  onStep,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly isIdle: boolean;
  readonly onStep: () => void;
  readonly children: string;
}): JSX.Element {
  return (
    <button type="button" class="step" id={id} aria-label={label} aria-disabled={isIdle} onClick={onStep}>
      {children}
    </button>
  );
}
