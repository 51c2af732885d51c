import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { trueRanking } from './experiments/matchings.ts';
import type { Hand } from './game.ts';

/** Choices put in an order by pressing them, the best first; a press on one that has its place takes it out again. */
export function RankingControl({
  label,
  hand,
  isSaid,
  onSay,
}: {
  readonly label: string;
  readonly hand: Hand;
  readonly isSaid: boolean;
  readonly onSay: (ranking: readonly string[]) => void;
}): JSX.Element {
  const [ranking, setRanking] = useState<readonly string[]>([]);
  const press = (choice: string): void =>
    setRanking(ranking.includes(choice) ? ranking.filter((each) => each !== choice) : [...ranking, choice]);
  const { worth = {}, standing, owns } = hand;
  return (
    <form
      class="answers"
      onSubmit={(event) => {
        event.preventDefault();
        onSay(ranking);
      }}
    >
      <fieldset class="ranking">
        <legend>{label}</legend>
        {trueRanking(hand).map((choice) => {
          const place = ranking.indexOf(choice);
          return (
            <button key={choice} type="button" aria-pressed={place !== -1} onClick={() => press(choice)}>
              <span class="place" aria-hidden={place === -1}>
                {place === -1 ? '' : `${place + 1}.`}
              </span>
              <span>
                {choice}
                {choice === owns && ' (yours)'}
              </span>
              <small>
                worth {worth[choice]}
                {standing !== undefined && `, you are no. ${standing[choice]} there`}
              </small>
            </button>
          );
        })}
      </fieldset>
      <button type="submit" class="primary">
        {isSaid ? 'Say this instead' : 'Say it'}
      </button>
    </form>
  );
}
