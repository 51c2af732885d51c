import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { permalink } from './route.ts';

/** A button that copies an address which holds a value, and puts it into the page's own. */
export function CopyLink({ path, value }: { readonly path: string; readonly value: unknown }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    const link = await permalink(path, value);
    history.replaceState(null, '', link);
    await navigator.clipboard?.writeText(link).catch(() => {});
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <button type="button" onClick={copy} aria-live="polite">
      {copied ? 'Copied' : 'Copy link'}
    </button>
  );
}
