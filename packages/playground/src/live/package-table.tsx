import type { JSX } from 'preact';
import { NameAdder } from './name-adder.tsx';
import type { Names, PackageParts } from './names.ts';
import type { AnyRecord } from './records.ts';

/** A table of bids on packages: a row for each, with what is in it and what it is worth together. */
export function PackageTable({
  id,
  names,
  parts: { goods, worth },
  bids,
  onBids,
}: {
  readonly id: string;
  readonly names: Names;
  readonly parts: PackageParts;
  readonly bids: readonly AnyRecord[];
  readonly onBids: (bids: readonly AnyRecord[]) => void;
}): JSX.Element {
  const shown = bids.length === 0 ? [{}] : bids;
  const change = (place: number, part: AnyRecord): void => onBids(shown.with(place, { ...shown[place], ...part }));
  return (
    <div class="packages">
      {shown.map((bid, place) => {
        const chosen = (bid[goods] ?? []) as readonly string[];
        const number = place + 1;
        return (
          <fieldset key={number}>
            <legend>Package {number}</legend>
            <NameChoices
              id={`${id}-${number}`}
              names={names}
              chosen={chosen}
              onChosen={(next) => change(place, { [goods]: next })}
            />
            <div class="row">
              <label for={`${id}-${number}-worth`}>Worth together</label>
              <input
                id={`${id}-${number}-worth`}
                type="number"
                min={0}
                step="any"
                value={bid[worth] === undefined ? '' : String(bid[worth])}
                onInput={({ currentTarget: { value } }) =>
                  change(place, { [worth]: value === '' ? undefined : Number(value) })
                }
              />
              {shown.length > 1 && (
                <button
                  type="button"
                  class="quiet"
                  aria-label={`Leave out package ${number}`}
                  onClick={() => onBids(shown.toSpliced(place, 1))}
                >
                  Leave out
                </button>
              )}
            </div>
          </fieldset>
        );
      })}
      <button type="button" onClick={() => onBids([...shown, {}])}>
        Another package
      </button>
    </div>
  );
}

/** Names of which any may be chosen. */
export function NameChoices({
  id,
  names: { known, isWhole },
  chosen,
  onChosen,
}: {
  readonly id: string;
  readonly names: Names;
  readonly chosen: readonly string[];
  readonly onChosen: (chosen: readonly string[]) => void;
}): JSX.Element {
  const all = [...known, ...chosen.filter((name) => !known.includes(name))];
  return (
    <>
      <div class="chips">
        {all.map((name) => (
          <label key={name}>
            <input
              id={`${id}-${name}`}
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                onChosen(checked ? [...chosen, name] : chosen.filter((each) => each !== name))
              }
            />
            {name}
          </label>
        ))}
      </div>
      {!isWhole && (
        <NameAdder
          id={`${id}-type`}
          label={known.length > 0 ? 'Another name' : 'A name'}
          onName={(name) => !chosen.includes(name) && onChosen([...chosen, name])}
        />
      )}
    </>
  );
}
