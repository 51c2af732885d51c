import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { basicSetup, EditorView } from 'codemirror';

/** Colours of the page, so that the editor is on its paper. */
const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.definitionKeyword], color: 'var(--accent)' },
    { tag: [tags.string, tags.number, tags.bool, tags.null], color: 'var(--good)' },
    { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
    { tag: [tags.typeName, tags.propertyName], color: 'var(--bad)' },
  ]),
);

const looks = EditorView.theme({
  '&': { backgroundColor: 'var(--paper)', color: 'var(--ink)' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '10px 0' },
  '.cm-gutters': { backgroundColor: 'var(--soft)', color: 'var(--faint)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--line)',
  },
});

/** An open editor, and how to change and to close it. */
export interface OpenEditor {
  change(code: string): void;
  destroy(): void;
}

/** Opens an editor in an element. */
export function openEditor(parent: HTMLElement, code: string, onCode: (code: string) => void): OpenEditor {
  const view = new EditorView({
    parent,
    doc: code,
    extensions: [
      basicSetup,
      javascript({ typescript: true }),
      colours,
      looks,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'The rule' }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) onCode(state.doc.toString());
      }),
    ],
  });
  return {
    change(next) {
      const now = view.state.doc.toString();
      if (next !== now) view.dispatch({ changes: { from: 0, to: now.length, insert: next } });
    },
    destroy: () => view.destroy(),
  };
}
