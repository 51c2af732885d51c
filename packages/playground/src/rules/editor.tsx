import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** An editor of a program; a plain text field until the rest of it is loaded. */
export function Editor({
  code,
  onCode,
}: {
  readonly code: string;
  readonly onCode: (code: string) => void;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const change = useRef<(code: string) => void>(() => {});
  const heard = useRef(onCode);
  heard.current = onCode;
  useEffect(() => {
    let ended = false;
    let destroy = (): void => {};
    void import('./code-mirror.ts').then(({ openEditor }) => {
      if (ended || place.current === null) return;
      const opened = openEditor(place.current, code, (typed) => heard.current(typed));
      change.current = opened.change;
      destroy = opened.destroy;
    });
    return () => {
      ended = true;
      destroy();
    };
    // Opened once; what comes from outside goes through `change`.
  }, []);
  useEffect(() => change.current(code), [code]);
  return <div class="editor" ref={place} />;
}
