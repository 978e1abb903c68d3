'use client'

import { ArrowRight, ChevronDown, Monitor, PhoneCall, Square, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import { NumberField } from 'react-aria-components/NumberField'
import { TextField } from 'react-aria-components/TextField'
import { problemOfPath } from '@/lib/probe/path'
import { type Method, methods, safeMethods, type Via } from '@/lib/probe/trip'
import type { ServiceNode } from '@/lib/topology/model'
import { Button } from '../ui/button'
import { cn } from '../ui/class-names'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuItem, MenuTrigger } from '../ui/menu'
import { Select, SelectItem } from '../ui/select'

/** What the form holds. `port` null: whatever discovery says. */
export type CallForm = {
  readonly method: Method
  readonly path: string
  readonly via: Via
  readonly port: number | null
  readonly count: number
}

export const viaNames: Readonly<Record<Via, { readonly label: string; readonly hint: string }>> = {
  dns: { label: 'DNS', hint: 'Ask the name server, as most programs do' },
  discover: { label: 'DiscoverInstances', hint: 'Ask Cloud Map’s API, always as of now' },
  tasks: { label: 'Task addresses', hint: 'No name: the addresses ECS gave the tasks' },
}

const minCount = 2
const maxCount = 500

type CallBarProps = {
  readonly services: readonly ServiceNode[]
  readonly service: ServiceNode | null
  readonly form: CallForm
  readonly ways: readonly Via[]
  readonly ports: readonly number[]
  readonly presets: readonly string[]
  readonly readOnly: boolean
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
  const canCall = service !== null && ways.length > 0 && problem === null
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
      <From />
      <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-soft" />
      <Select
        aria-label="Service to call"
        size="bar"
        className="w-44 min-w-24 shrink"
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
      <Request {...props} problem={problem} />
      <Select
        aria-label="Found by"
        size="bar"
        className="w-40 min-w-24 shrink"
        isDisabled={ways.length === 0}
        value={form.via}
        onChange={(key) => {
          const via = ways.find((way) => way === key)
          if (via) onChange({ via })
        }}
      >
        {ways.map((way) => (
          <SelectItem key={way} id={way} hint={viaNames[way].hint}>
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
      <Times
        count={form.count}
        isDisabled={!canCall || running}
        onChange={(count) => onChange({ count })}
        onCall={onCall}
      />
      {running ? (
        <Button tone="danger" onPress={onStop} className="w-18">
          <Square aria-hidden /> Stop
        </Button>
      ) : (
        <Button tone="primary" type="submit" isDisabled={!canCall} className="w-18">
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

function hintOf(service: ServiceNode): string {
  const name = service.discovery?.dnsName ?? service.discovery?.namespaceName ?? 'no name'
  const count = service.instances.length
  return `${name} · ${count} ${count === 1 ? 'instance' : 'instances'}`
}

function From() {
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
}

function Request(props: CallBarProps & { readonly problem: string | null }) {
  const { form, presets, readOnly, problem, onChange } = props
  return (
    <Group
      aria-label="Request"
      className={cn(
        'flex h-7 w-72 min-w-36 shrink items-stretch rounded-control border border-line-strong bg-raised',
        'data-focus-within:border-accent',
        problem && 'border-bad',
      )}
    >
      <MenuTrigger>
        <Segment label={`Method ${form.method}`} className="border-line border-r">
          {form.method}
        </Segment>
        <Menu
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[form.method]}
          onAction={(key) => {
            const method = methods.find((candidate) => candidate === key)
            if (method) onChange({ method })
          }}
        >
          {(readOnly ? safeMethods : methods).map((method) => (
            <MenuItem
              key={method}
              id={method}
              hint={safeMethods.includes(method) ? undefined : 'May change something'}
            >
              {method}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
      <TextField
        aria-label="Path"
        value={form.path}
        onChange={(path) => onChange({ path })}
        isInvalid={problem !== null}
        className="min-w-0 flex-1"
      >
        <Input
          spellCheck={false}
          autoComplete="off"
          title={problem ?? undefined}
          className="h-full w-full bg-transparent px-2 font-mono text-ink text-xs outline-none"
        />
      </TextField>
      <MenuTrigger>
        <Segment label="Suggestions" className="px-1">
          <ChevronDown aria-hidden />
        </Segment>
        <Menu placement="top end" onAction={(key) => onChange({ path: String(key) })}>
          {presets.map((path) => (
            <MenuItem key={path} id={path} textValue={path}>
              <span className="font-mono text-xs">{path}</span>
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
    </Group>
  )
}

function Segment({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <Button
      tone="quiet"
      aria-label={label}
      className={cn('h-full rounded-[5px] px-2 font-mono font-normal text-ink text-xs', className)}
    >
      {children}
    </Button>
  )
}

type TimesProps = {
  readonly count: number
  readonly isDisabled: boolean
  readonly onChange: (count: number) => void
  readonly onCall: (count: number) => void
}

/** `Call × [50]`: the number is part of the button's group, so that the verb and its object stand together. */
function Times({ count, isDisabled, onChange, onCall }: TimesProps) {
  return (
    <Group
      aria-label="Many calls"
      className="flex h-7 shrink-0 items-stretch rounded-control border border-line-strong bg-raised data-focus-within:border-accent"
    >
      <Button
        tone="quiet"
        isDisabled={isDisabled}
        onPress={() => onCall(count)}
        aria-label={`Call × ${count}`}
        className="h-full rounded-r-none border-line border-r text-ink"
      >
        Call ×
      </Button>
      <NumberField
        aria-label="How many calls"
        value={count}
        minValue={minCount}
        maxValue={maxCount}
        onChange={(value) => {
          if (Number.isInteger(value)) onChange(value)
        }}
      >
        <Input
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Enter here means this many, not the form's one call.
            event.preventDefault()
            const typed = Number(event.currentTarget.value)
            if (isDisabled || !Number.isInteger(typed) || typed < minCount || typed > maxCount) return
            onChange(typed)
            onCall(typed)
          }}
          className="h-full w-11 bg-transparent text-center font-mono text-ink text-xs outline-none"
        />
      </NumberField>
    </Group>
  )
}
