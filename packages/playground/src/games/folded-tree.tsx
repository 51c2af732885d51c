import { type ExtensiveForm, type Figure, gamePictures, type Solved } from '@mechane/plots';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { FigureView } from '../figure-view.tsx';

/** The tree of a game: whoever presses a node folds what follows it, or opens it. */
export function FoldedTree({
  game,
  solved,
}: {
  readonly game: ExtensiveForm;
  readonly solved: readonly Solved[];
}): JSX.Element {
  const [turned, setTurned] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState('');
  const turn = (path: string): void =>
    setTurned((before) => (before.includes(path) ? before.filter((each) => each !== path) : [...before, path]));
  const draw = (width: number): Figure => gamePictures(game, solved, { width, turned })[0] as Figure;
  const paths = pathsIn(draw(600));
  const press = ({ target }: Event): void => {
    const path = (target as Element).closest('[data-key]')?.getAttribute('data-key');
    if (typeof path === 'string') turn(path);
  };
  return (
    <div class="card">
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the form below does the same by the keyboard */}
      <div class="foldable" onClick={press}>
        <FigureView draw={draw} />
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          turn(paths.includes(chosen) ? chosen : '');
        }}
      >
        <span class="faint">Press a node to fold or open what follows it, or choose it:</span>
        <select aria-label="Node" value={chosen} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          {paths.map((path) => (
            <option key={path} value={path}>
              {movesTo(game, path)}
            </option>
          ))}
        </select>
        <button type="submit">Fold or open</button>
        <button type="button" disabled={turned.length === 0} onClick={() => setTurned([])}>
          As it was
        </button>
      </form>
    </div>
  );
}

/** The nodes that can be folded or opened, as the picture has them. */
function pathsIn({ marks }: Figure): readonly string[] {
  return [...new Set(marks.flatMap(({ key }) => (key === undefined ? [] : [key])))].sort();
}

/** The moves that lead to a node, in words. */
function movesTo({ nodes, informationSets }: ExtensiveForm, path: string): string {
  if (path === '') return 'the beginning';
  let node = nodes[0];
  return path
    .split('.')
    .map((place) => {
      const { actions, player, informationSet = 0, children = [] } = node ?? {};
      const named = actions ?? (player === undefined ? [] : (informationSets[player]?.[informationSet]?.actions ?? []));
      node = nodes[children[Number(place)] ?? 0];
      return named[Number(place)] ?? String(Number(place) + 1);
    })
    .join(', ');
}
