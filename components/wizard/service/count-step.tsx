'use client'

import { Notice } from '../../ui/notice'
import { CheckInput } from '../fields/check-input'
import { NumberInput } from '../fields/number-input'
import { SelectInput } from '../fields/select-input'
import { TagsInput } from '../fields/tags-input'
import { Fold } from '../fold'
import { CapacityFields } from './capacity-fields'
import { describeRollout } from './rollout-words'
import { useServicePart } from './use-service'

/** How many tasks, and how they are replaced. */
export function CountStep() {
  const desired = useServicePart((values) => values.desiredCount)
  const least = useServicePart((values) => values.deployment.minimumHealthyPercent)
  const most = useServicePart((values) => values.deployment.maximumPercent)
  const hasBreaker = useServicePart((values) => values.deployment.circuitBreaker)
  const meaning =
    desired === null || least === null || most === null ? null : describeRollout(desired, least, most)
  return (
    <div className="flex flex-col gap-6">
      <NumberInput
        name="desiredCount"
        label="Desired count"
        minValue={0}
        maxValue={5000}
        hint={
          desired === 1
            ? 'With one task callers wait whenever it is replaced; two are safer.'
            : 'How many tasks ECS keeps running.'
        }
      />
      <CapacityFields />
      <section aria-label="Deployments" className="flex flex-col gap-4">
        <h3 className="font-medium text-ink text-sm">When a new version is deployed</h3>
        <div className="grid gap-3.5 sm:grid-cols-2">
          <NumberInput
            name="deployment.minimumHealthyPercent"
            label="Running at least, in %"
            minValue={0}
            maxValue={100}
            step={10}
          />
          <NumberInput
            name="deployment.maximumPercent"
            label="Running at most, in %"
            minValue={100}
            maxValue={1000}
            step={10}
          />
        </div>
        {meaning && (
          <div aria-live="polite">
            {meaning.isStuck ? (
              <Notice tone="warn" title={meaning.text} />
            ) : (
              <p className="text-ink-soft text-xs">{meaning.text}</p>
            )}
          </div>
        )}
        <CheckInput
          name="deployment.circuitBreaker"
          hint="A deployment whose tasks keep failing is given up, in place of being tried for ever."
        >
          Circuit breaker
        </CheckInput>
        <CheckInput
          name="deployment.rollback"
          reason={hasBreaker ? null : 'Only the circuit breaker can roll back.'}
          hint="Goes back to the last deployment that was steady."
        >
          Roll back when it trips
        </CheckInput>
      </section>
      <Fold
        title="ECS Exec and tags"
        summary="off, none"
        fields={['enableExecuteCommand', 'propagateTags', 'tags']}
      >
        <CheckInput
          name="enableExecuteCommand"
          hint="A shell inside running tasks. The task role must allow the ssmmessages actions."
        >
          ECS Exec
        </CheckInput>
        <TagsInput name="tags" />
        <SelectInput
          name="propagateTags"
          label="Tags of tasks"
          options={[
            { value: 'NONE', label: 'None' },
            { value: 'SERVICE', label: 'Those of the service' },
            { value: 'TASK_DEFINITION', label: 'Those of the task definition' },
          ]}
        />
      </Fold>
    </div>
  )
}
