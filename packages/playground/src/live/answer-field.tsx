import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { Value, withOr } from '../mechanisms/schema-fields.tsx';
import { type Names, partsOfPackage, shapeOf } from './names.ts';
import { NameChoices, PackageTable } from './package-table.tsx';
import { Ranking } from './ranking.tsx';
import { type AnyRecord, isRecord } from './records.ts';
import type { Field } from './ways-to-answer.ts';

/** A part of an answer, with the control that fits its shape. */
export function AnswerField({
  field: { name, label, schema },
  names,
  value,
  onValue,
}: {
  readonly field: Field;
  readonly names: Names;
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
}): JSX.Element {
  const id = `say-${name}`;
  const hint = schema.description === undefined ? null : <small>{String(schema.description)}</small>;
  const list = Array.isArray(value) ? value : [];
  const shape = shapeOf(name, schema);
  const control = (): JSX.Element | undefined => {
    if (shape === 'ranking') return <Ranking id={id} names={names} ranked={list.map(String)} onRanked={onValue} />;
    if (shape === 'names') return <NameChoices id={id} names={names} chosen={list.map(String)} onChosen={onValue} />;
    const parts = shape === 'packages' ? partsOfPackage(schema.items as JsonSchema) : undefined;
    if (parts !== undefined)
      return <PackageTable id={id} names={names} parts={parts} bids={list as AnyRecord[]} onBids={onValue} />;
    if (shape === 'amounts' && names.isWhole)
      return <Amounts id={id} names={names.known} values={isRecord(value) ? value : {}} onValues={onValue} />;
    return undefined;
  };
  const made = control();
  if (made !== undefined)
    return (
      <fieldset class="field made">
        <legend>{label}</legend>
        {hint}
        {made}
      </fieldset>
    );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Value label={id} isLabelled schema={schema} value={value} onValue={onValue} />
      {hint}
    </div>
  );
}

/** A number for each of several names. */
function Amounts({
  id,
  names,
  values,
  onValues,
}: {
  readonly id: string;
  readonly names: readonly string[];
  readonly values: AnyRecord;
  readonly onValues: (values: AnyRecord) => void;
}): JSX.Element {
  return (
    <div class="amounts">
      {names.map((name) => (
        <div key={name}>
          <label for={`${id}-${name}`}>{name}</label>
          <Value
            label={`${id}-${name}`}
            isLabelled
            schema={{ type: 'number' } as JsonSchema}
            value={values[name]}
            onValue={(value) => onValues(withOr(values, name, value))}
          />
        </div>
      ))}
    </div>
  );
}
