'use client'

import { useId } from 'react'
import { Checkbox } from '../ui/checkbox'
import { type Candidate, type Choice, isSuggested } from './candidates'

type ClientFieldsProps = {
  candidates: readonly Candidate[]
  choice: Choice
  onChange: (choice: Choice) => void
  /** The service that they call. */
  name: string
}

const titles: Readonly<Record<Candidate['help'], (name: string) => string>> = {
  redeploy: (name) => `Redeploy ${name}`,
  join: (name) => `Make ${name} a client`,
  leave: (name) => `Switch it off for ${name} too, first`,
  elsewhere: (name) => name,
}

function hintOf({ help, calls, isStale }: Candidate, server: string): string {
  const who = calls ? `It calls ${server}` : 'It is in the same namespace'
  switch (help) {
    case 'redeploy':
      return isStale
        ? `${who} and was deployed before the name existed: its tasks cannot resolve it.`
        : `${who}; names are fixed when a deployment is made, so only new tasks see the change.`
    case 'join':
      return `${who} and has no Service Connect: its tasks are replaced by ones with a proxy.`
    case 'leave':
      return `${who}, and no name would be left for it.`
    case 'elsewhere':
      return who
  }
}

/** The services that the plan moves along, in dependency order, servers before clients. */
export function ClientFields({ candidates, choice, onChange, name }: ClientFieldsProps) {
  const id = useId()
  if (candidates.length === 0) return null
  return (
    <fieldset aria-describedby={id} className="flex min-w-0 flex-col gap-2.5">
      <legend className="mb-1.5 font-medium text-ink text-sm">Services moved along</legend>
      {candidates.map((one) => (
        <Checkbox
          key={one.arn}
          checked={one.help !== 'elsewhere' && (choice[one.arn] ?? isSuggested(one))}
          onChange={(checked) => onChange({ ...choice, [one.arn]: checked })}
          hint={hintOf(one, name)}
          reason={
            one.help === 'elsewhere'
              ? 'Service Connect has it in another namespace, and a service is in one only.'
              : null
          }
        >
          {titles[one.help](one.name)}
        </Checkbox>
      ))}
      <p id={id} className="text-ink-soft text-xs">
        One after the other, servers before those that call them. Services that the map shows no call of may
        depend on it too.
      </p>
    </fieldset>
  )
}
