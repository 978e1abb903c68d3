'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useFieldArray } from 'react-hook-form'
import { Button } from '../../ui/button'
import { cn } from '../../ui/class-names'
import { useOffer } from '../choices'
import { focusSoon } from '../fields/focus-soon'
import { ContainerFields } from './container-fields'
import { firstContainerValues } from './task-values'
import { useServiceForm, useServicePart } from './use-service'

const list = 'taskDefinition.form.containers'
const mostContainers = 10

/** The containers of a task, one in sight at a time. */
export function ContainerList() {
  const { control } = useServiceForm()
  const { choices } = useOffer()
  const { fields, append, remove } = useFieldArray({ control, name: list })
  const [shown, setShown] = useState(0)
  const names = useServicePart((values) =>
    values.taskDefinition.form.containers.map(({ name }) => name).join('\n'),
  )
  const current = Math.min(shown, fields.length - 1)
  const row = fields[current]
  return (
    <section aria-label="Containers" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-1.5">
        <h3 className="mr-1 font-medium text-ink text-sm">Containers</h3>
        {fields.map((field, at) => (
          <button
            key={field.id}
            type="button"
            aria-pressed={at === current}
            onClick={() => setShown(at)}
            className={cn(
              'h-7 max-w-40 truncate rounded-control border px-2.5 font-mono text-xs',
              at === current
                ? 'border-accent bg-accent-soft text-ink'
                : 'border-line-strong bg-raised text-ink-soft hover:text-ink',
            )}
          >
            {names.split('\n')[at] || `container ${at + 1}`}
          </button>
        ))}
        <Button
          tone="quiet"
          isDisabled={fields.length >= mostContainers}
          onPress={() => {
            const { region } = choices.target
            append({ ...firstContainerValues(region), ports: [] }, { shouldFocus: false })
            setShown(fields.length)
            focusSoon(`${list}.${fields.length}.name`)
          }}
        >
          <Plus aria-hidden />
          Add container
        </Button>
        {fields.length > 1 && (
          <Button
            tone="quiet"
            aria-label={`Remove ${names.split('\n')[current] || `container ${current + 1}`}`}
            onPress={() => {
              remove(current)
              setShown(Math.max(0, current - 1))
            }}
          >
            <Trash2 aria-hidden />
            Remove
          </Button>
        )}
      </div>
      {row && <ContainerFields key={row.id} group={`${list}.${current}`} isFirst={current === 0} />}
    </section>
  )
}
