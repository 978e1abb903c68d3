'use client'

import { ArrowRight, Monitor, PhoneCall, Square, X } from 'lucide-react'
import { useRef } from 'react'
import { problemOfPath } from '@/lib/probe/path'
import type { Via } from '@/lib/probe/trip'
import type { ServiceNode } from '@/lib/topology/model'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Select, SelectItem } from '../ui/select'
import type { CallForm } from './call-form'
import { RequestField } from './request-field'
import { TimesButton } from './times-button'

const viaNames: Readonly<Record<Via, { readonly label: string; readonly hint: string }>> = {
  dns: { label: 'DNS', hint: 'Ask the name server, as most programs do' },
  discover: { label: 'DiscoverInstances', hint: 'Ask Cloud Map’s API, always as of now' },
  alias: { label: 'alias', hint: 'Service Connect: the name that the task’s own proxy answers to' },
  tasks: { label: 'Task addresses', hint: 'No name: the addresses ECS gave the tasks' },
}

type CallBarProps = {
  /** Services with a task that a call may come from. */
  readonly callers: readonly ServiceNode[]
  readonly services: readonly ServiceNode[]
  readonly service: ServiceNode | null
  readonly form: CallForm
  readonly ways: readonly Via[]
  /** Why the caller's tasks do not know the alias; null: they do, or it has none. */
  readonly unknownAlias: string | null
  readonly ports: readonly number[]
  readonly presets: readonly string[]
  readonly readOnly: boolean
  /** The call can be made from where it is to come from. */
  readonly isReady: boolean
  readonly running: boolean
  readonly onServiceChange: (serviceId: string) => void
  readonly onChange: (change: Partial<CallForm>) => void
  readonly onCall: (count: number) => void
  readonly onStop: () => void
  readonly onClose: () => void
}

/** One line: from, to, what, how, and the two ways to press Call. */
export function CallBar(props: CallBarProps) {
  const { services, service, form, ways, ports, readOnly, running, onChange, onCall, onStop } = props
  const problem = problemOfPath(form.path)
  // Enter calls when it goes down; by the time it comes up again, Stop has taken the place of Call.
  const isStopping = useRef(false)
  const canCall = service !== null && ways.length > 0 && problem === null && props.isReady
  return (
    <form
      aria-label="Call a service"
      className="@container flex h-11 shrink-0 items-center gap-2 border-line border-b px-3.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (canCall && !running) onCall(1)
      }}
    >
      <h2 className="mr-0.5 hidden font-semibold text-sm @min-[880px]:block">Call</h2>
      <From callers={props.callers} from={form.from} onChange={(from) => onChange({ from })} />
      <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-soft" />
      <Select
        aria-label="Service to call"
        size="bar"
        className="w-48 min-w-24 shrink"
        placeholder="Choose a service"
        value={service?.id ?? null}
        onChange={(key) => {
          if (typeof key === 'string') props.onServiceChange(key)
        }}
      >
        {services.map((candidate) => (
          <SelectItem key={candidate.id} id={candidate.id} hint={hintOf(candidate)}>
            {candidate.name}
          </SelectItem>
        ))}
      </Select>
      <RequestField
        form={form}
        presets={props.presets}
        readOnly={readOnly}
        problem={problem}
        onChange={onChange}
      />
      <Select
        aria-label="Found by"
        size="bar"
        className="w-46 min-w-24 shrink"
        isDisabled={ways.length === 0}
        value={form.via}
        onChange={(key) => {
          const via = ways.find((way) => way === key)
          if (via) onChange({ via })
        }}
      >
        {ways.map((way) => (
          <SelectItem
            key={way}
            id={way}
            hint={way === 'alias' && props.unknownAlias ? 'Not known in its tasks' : viaNames[way].hint}
          >
            {`via ${viaNames[way].label}`}
          </SelectItem>
        ))}
      </Select>
      {ports.length > 1 && (
        <Select
          aria-label="Port"
          size="bar"
          mono
          className="w-22 shrink-0"
          value={form.port ?? 'any'}
          onChange={(key) => onChange({ port: typeof key === 'number' ? key : null })}
        >
          {[
            <SelectItem key="any" id="any" mono hint="As discovery says">
              :auto
            </SelectItem>,
            ...ports.map((port) => (
              <SelectItem key={port} id={port} mono>
                {`:${port}`}
              </SelectItem>
            )),
          ]}
        </Select>
      )}
      <span className="flex-1" />
      <TimesButton
        count={form.count}
        isDisabled={!canCall || running || form.from !== null}
        whyNot={form.from === null ? null : oneFromTask}
        onChange={(count) => onChange({ count })}
        onCall={onCall}
      />
      {running ? (
        <Button
          tone="danger"
          onPressStart={() => {
            isStopping.current = true
          }}
          onPress={() => {
            if (isStopping.current) onStop()
          }}
          className="w-18"
        >
          <Square aria-hidden /> Stop
        </Button>
      ) : (
        <Button
          tone="primary"
          type="submit"
          isDisabled={!canCall}
          onPressStart={() => {
            isStopping.current = false
          }}
          className="w-18"
        >
          <PhoneCall aria-hidden /> Call
        </Button>
      )}
      <IconButton label="Close" side="top" onPress={props.onClose}>
        <X aria-hidden />
      </IconButton>
      {readOnly && <span className="sr-only">Read-only: GET and HEAD only</span>}
    </form>
  )
}

/** Each call from a task is a session of ECS Exec of its own, with its line in the activity. */
const oneFromTask = 'From inside a task one call at a time: each is an ECS Exec session of its own.'

function hintOf(service: ServiceNode): string {
  const name = service.discovery?.dnsName ?? service.discovery?.namespaceName ?? 'no name'
  const count = service.instances.length
  return `${name} · ${count} ${count === 1 ? 'instance' : 'instances'}`
}

const here = 'console'

/** Where the call is made: this machine, or a task of a service. */
function From({
  callers,
  from,
  onChange,
}: {
  callers: readonly ServiceNode[]
  from: string | null
  onChange: (from: string | null) => void
}) {
  if (callers.length === 0)
    return (
      <span
        title="The machine that runs this console makes the call"
        className="flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap text-ink-soft text-sm"
      >
        <span className="sr-only">From</span>
        <Monitor aria-hidden className="size-3.5" />
        <span className="hidden @min-[760px]:inline">this console</span>
      </span>
    )
  return (
    <Select
      aria-label="Call from"
      size="bar"
      className="w-46 min-w-24 shrink"
      value={from ?? here}
      onChange={(key) => onChange(key === here || typeof key !== 'string' ? null : key)}
    >
      {[
        <SelectItem key={here} id={here} hint="The machine that runs it makes the call">
          this console
        </SelectItem>,
        ...callers.map((caller) => (
          <SelectItem key={caller.id} id={caller.id} hint="A command in one of its tasks makes it (ECS Exec)">
            {caller.name}
          </SelectItem>
        )),
      ]}
    </Select>
  )
}
