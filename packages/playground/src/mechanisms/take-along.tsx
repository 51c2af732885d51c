import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { compactJson } from '../compact-json.ts';
import { scrolled } from '../scrolled.ts';
import type { Told } from './told.ts';

const forms = ['JSON', 'TypeScript', 'Command'] as const;

/** The scenario in the forms in which it is used elsewhere. */
export function TakeAlong({ mechanism, told }: { readonly mechanism: string; readonly told: Told }): JSX.Element {
  const [form, setForm] = useState<(typeof forms)[number]>('JSON');
  const text = written(form, mechanism, told);
  return (
    <section class="card" aria-labelledby="take-along">
      <h2 id="take-along">Take it along</h2>
      <div class="row">
        {forms.map((each) => (
          <button
            type="button"
            key={each}
            aria-pressed={each === form}
            class={each === form ? 'primary' : ''}
            onClick={() => setForm(each)}
          >
            {each}
          </button>
        ))}
        <button type="button" class="quiet" onClick={() => navigator.clipboard?.writeText(text)}>
          Copy
        </button>
      </div>
      <pre {...scrolled}>{text}</pre>
    </section>
  );
}

function written(form: (typeof forms)[number], mechanism: string, told: Told): string {
  const scenario = { mechanism, ...told };
  if (form === 'JSON') return compactJson(scenario);
  if (form === 'Command')
    return `echo '${JSON.stringify(scenario).replaceAll("'", String.raw`'\''`)}' | mechane run - --plot out.svg`;
  const [name = ''] = mechanism.split('/');
  const plugins: Readonly<Record<string, string>> = {
    'auction-sealed': 'sealedAuctions',
    'auction-english': 'englishAuctions',
    'auction-dutch': 'dutchAuctions',
    'auction-combinatorial': 'combinatorialAuctions',
    market: 'markets',
    matching: 'matchings',
    'public-choice': 'publicChoices',
    adaptive: 'adaptive',
    'game-theory': 'games',
  };
  return `import { createMechane } from '@mechane/core';
import { ${plugins[name]} } from '@mechane/${name}';

const mechane = createMechane().use(${plugins[name]});
await mechane.prepare();
const result = mechane.runScenario(${compactJson(scenario)});
console.log(result.outcome);`;
}
