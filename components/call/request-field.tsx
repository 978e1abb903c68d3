'use client'

import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import { TextField } from 'react-aria-components/TextField'
import { methods, safeMethods } from '@/lib/probe/trip'
import { Button } from '../ui/button'
import { cn } from '../ui/class-names'
import { Menu, MenuItem, MenuTrigger } from '../ui/menu'
import type { CallForm } from './call-form'

type RequestFieldProps = {
  readonly form: CallForm
  readonly presets: readonly string[]
  readonly readOnly: boolean
  /** What is wrong with the path; null when it may be called. */
  readonly problem: string | null
  readonly onChange: (change: Partial<CallForm>) => void
}

/** Method and path as one control, as they stand in a request. */
export function RequestField({ form, presets, readOnly, problem, onChange }: RequestFieldProps) {
  return (
    <Group
      aria-label="Request"
      className={cn(
        'flex h-7 w-72 min-w-40 shrink-[6] items-stretch rounded-control border border-line-strong bg-raised',
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
        <Segment label="Suggestions" className="min-w-6 px-1">
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
