import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

/** Where a name is typed that nobody has told. */
export function NameAdder({
  id,
  label,
  onName,
}: {
  readonly id: string;
  readonly label: string;
  readonly onName: (name: string) => void;
}): JSX.Element {
  const [name, setName] = useState('');
  const add = (): void => {
    if (name.trim() !== '') onName(name.trim());
    setName('');
  };
  return (
    <div class="row">
      <input
        id={id}
        aria-label={label}
        autocomplete="off"
        placeholder={label}
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Here it ends a name, not the whole answer.
          event.preventDefault();
          add();
        }}
      />
      <button type="button" onClick={add}>
        Add
      </button>
    </div>
  );
}
