import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

/** A page that asks for one thing without which it does not go on: a name, or a token. */
export function AskedOnce({
  title,
  label,
  hint,
  field,
  verb,
  onGiven,
}: {
  readonly title: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What the field is besides: its id, its type. */
  readonly field: JSX.IntrinsicElements['input'] & { readonly id: string };
  /** What the button says. */
  readonly verb: string;
  /** Takes what was given, without blanks around it; what it throws is said. */
  readonly onGiven: (given: string) => Promise<void>;
}): JSX.Element {
  const [given, setGiven] = useState('');
  const [problem, setProblem] = useState('');
  const give = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem('');
    try {
      await onGiven(given.trim());
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form class="card narrow" onSubmit={give}>
      <h1>{title}</h1>
      <div class="field">
        <label for={field.id}>{label}</label>
        <input required {...field} value={given} onInput={({ currentTarget }) => setGiven(currentTarget.value)} />
        {hint !== undefined && <small>{hint}</small>}
      </div>
      <button type="submit" class="primary">
        {verb}
      </button>
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
