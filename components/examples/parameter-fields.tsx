'use client'

import { NumberField } from '../ui/number-field'
import { TextField } from '../ui/text-field'
import type { Sketch } from './sketch'
import type { Parameters } from './use-parameters'

/** What can be chosen of an example: where it stands and how many tasks run. */
export function ParameterFields({ example, parameters }: { example: Sketch; parameters: Parameters }) {
  const { values, issues, change } = parameters
  const errorOf = (field: string) => issues.find((issue) => issue.field === field)?.message
  const text = (field: string) => ({
    value: String(values[field] ?? ''),
    onChange: (value: string) => change(field, value),
    error: errorOf(field),
    mono: true,
    spellCheck: 'false' as const,
    autoComplete: 'off',
  })
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 max-md:grid-cols-1">
      <TextField label="Namespace" hint="Private DNS; made if it is not there." {...text('namespaceName')} />
      <TextField label="Cluster" hint="Made if it is not there." {...text('clusterName')} />
      {example.counts.map(({ field, service }) => (
        <NumberField
          key={field}
          label={`Tasks of ${service}`}
          value={Number(values[field] ?? 0)}
          onChange={(value) => change(field, value)}
          minValue={0}
          maxValue={10}
          error={errorOf(field)}
        />
      ))}
    </div>
  )
}
