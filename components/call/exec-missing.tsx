'use client'

import { TerminalSquare } from 'lucide-react'
import type { ExecState } from '@/lib/probe/from-task/exec-state'
import type { ServiceNode } from '@/lib/topology/model'
import { wishFor } from '../plan/wishes'
import { useCommands } from '../topology/keys/command-bus'
import { Button } from '../ui/button'

type ExecMissingProps = {
  readonly caller: ServiceNode
  readonly state: ExecState
}

/** Why no call can be made from a task of this service, one thing at a time, and the plan that mends it. */
export function ExecMissing({ caller, state }: ExecMissingProps) {
  const run = useCommands()
  const { missing, mend } = state
  return (
    <section aria-label="Cannot call from its task" className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
      <div className="max-w-[72ch]">
        <h3 className="font-medium text-sm">No command can be run in a task of {caller.name}</h3>
        <ul aria-label="What is missing" className="mt-1.5 flex flex-col gap-1.5">
          {missing.map(({ code, message, remedy }) => (
            <li key={code} data-missing={code} className="text-xs">
              <span className="text-ink">{message}</span> <span className="text-ink-soft">{remedy}</span>
            </li>
          ))}
        </ul>
        {mend && (
          <div className="mt-3 flex items-center gap-3">
            <Button
              tone="primary"
              onPress={() =>
                run({
                  kind: 'change',
                  change: wishFor('enable-exec', mend, `Enable ECS Exec for ${caller.name}`),
                })
              }
            >
              <TerminalSquare aria-hidden /> Enable ECS Exec
            </Button>
            <span className="text-2xs text-ink-soft">Shows the plan first. Its tasks are replaced.</span>
          </div>
        )}
      </div>
    </section>
  )
}
