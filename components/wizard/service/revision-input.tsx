'use client'

import { useOffer } from '../choices'
import { ComboInput } from '../fields/combo-input'
import { useServicePart } from './use-service'

/** A revision of a task definition: those in use by name, any other by its ARN. */
export function RevisionInput() {
  const { revisions } = useOffer().choices
  const arn = useServicePart((values) => values.taskDefinition.arn)
  const chosen = revisions.find((each) => each.arn === arn)
  return (
    <div className="flex flex-col gap-3">
      <ComboInput
        name="taskDefinition.arn"
        label="Revision"
        mono
        placeholder="arn:aws:ecs:…:task-definition/backend-api:1"
        hint="Those in use are listed; any other can be given by its ARN."
        suggestions={revisions.map((each) => ({
          value: each.arn,
          hint: `${each.family}:${each.revision} · ${each.containers.map((one) => one.image).join(', ')}`,
        }))}
      />
      {chosen && (
        <ul className="flex flex-col gap-1 rounded-control border border-line bg-sunk px-3 py-2 text-xs">
          {chosen.containers.map((container) => (
            <li key={container.name} className="wrap-anywhere text-ink-soft">
              <span className="font-medium text-ink">{container.name}</span> · {container.image}
              {container.ports.length > 0 &&
                ` · ${container.ports.map((port) => `${port.containerPort}/${port.protocol}`).join(', ')}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
