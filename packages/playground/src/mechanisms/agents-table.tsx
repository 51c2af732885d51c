import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { Value, withOr } from './schema-fields.tsx';

type Reports = Readonly<Record<string, unknown>>;

/** Agents as rows, what they report as columns. */
export function AgentsTable({
  schema,
  reports,
  onReports,
}: {
  readonly schema: JsonSchema;
  readonly reports: Reports;
  readonly onReports: (reports: Reports) => void;
}): JSX.Element {
  const agents = Object.keys(reports);
  const variant = variantFor(schema, Object.values(reports));
  const fields = Object.entries(variant?.properties ?? {});
  const change = (agent: string, report: unknown): void => onReports({ ...reports, [agent]: report });
  const remove = (agent: string): void => onReports(withOr(reports, agent, undefined));
  const add = (): void => onReports({ ...reports, [freshName(agents)]: Object.values(reports).at(-1) ?? {} });
  return (
    <>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">agent</th>
              {fields.length === 0 ? (
                <th scope="col">report</th>
              ) : (
                fields.map(([name, own]) => (
                  <th scope="col" key={name} title={String(own.description ?? '')}>
                    {name}
                  </th>
                ))
              )}
              <th scope="col">
                <span class="unseen">remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {agents.map((agent) => {
              const report = reports[agent] as Reports;
              return (
                <tr key={agent}>
                  <th scope="row">{agent}</th>
                  {fields.length === 0 ? (
                    <td>
                      <Value
                        label={`${agent} report`}
                        schema={{}}
                        value={report}
                        onValue={(value) => change(agent, value ?? {})}
                      />
                    </td>
                  ) : (
                    fields.map(([name, own]) => (
                      <td key={name}>
                        <Value
                          label={`${agent} ${name}`}
                          schema={own}
                          value={report[name]}
                          onValue={(value) => change(agent, withOr(report, name, value))}
                        />
                      </td>
                    ))
                  )}
                  <td>
                    <button type="button" class="quiet" aria-label={`Remove ${agent}`} onClick={() => remove(agent)}>
                      ×
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div class="row">
        <button type="button" onClick={add}>
          Add an agent
        </button>
      </div>
    </>
  );
}

/** Of several shapes of a report the one that all reports have. */
function variantFor(schema: JsonSchema, reports: readonly unknown[]): JsonSchema | undefined {
  const variants = [schema, ...((schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[])].filter(
    ({ properties }) => properties !== undefined,
  );
  return variants.find(({ properties = {} }) =>
    reports.every(
      (report) =>
        typeof report === 'object' && report !== null && Object.keys(report).every((key) => key in properties),
    ),
  );
}

function freshName(taken: readonly string[]): string {
  const names = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal', 'ivy', 'jan', 'kim', 'lea'];
  return names.find((name) => !taken.includes(name)) ?? `agent${taken.length + 1}`;
}
