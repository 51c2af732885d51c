import type { ComponentChildren, JSX } from 'preact';

/** A text to paste, or to open from a file. */
export function Pasted({
  id,
  label,
  hint,
  rows,
  accept,
  value,
  onValue,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly rows: number;
  /** Which files are offered. */
  readonly accept: string;
  readonly value: string;
  readonly onValue: (text: string) => void;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && <small>{hint}</small>}
      <textarea
        class="grows"
        id={id}
        rows={rows}
        spellcheck={false}
        autocomplete="off"
        value={value}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
      <div class="row">
        <label class="button opens">
          Open a file<span class="unseen">: {label}</span>
          <input
            type="file"
            class="unseen"
            accept={accept}
            onChange={async ({ currentTarget: { files } }) => onValue((await files?.[0]?.text()) ?? value)}
          />
        </label>
        {children}
      </div>
    </div>
  );
}
