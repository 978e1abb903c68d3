'use client'

import { Upload } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { readTaskDefinitionJson } from '@/lib/changes/task-definition-json'
import { Button } from '../../ui/button'
import { cn } from '../../ui/class-names'
import { TextArea } from '../../ui/text-area'
import { textOf, useField } from '../fields/use-field'
import { lineOfPath } from './json-place'

/** RegisterTaskDefinition takes 64 KiB; what is much larger is another kind of file. */
const mostBytes = 400_000

const place = 'taskDefinition.text'

/** A task definition as text: pasted, dropped or chosen as a file; what is wrong is said with its line. */
export function JsonInput() {
  const { value, set, blur, error } = useField(place)
  const text = textOf(value)
  const file = useRef<HTMLInputElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const fileId = useId()
  const [isOver, setOver] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)

  const take = async (dropped: File | undefined) => {
    if (!dropped) return
    if (dropped.size > mostBytes) return setRefused(`${dropped.name} is too large for a task definition.`)
    try {
      set(await dropped.text())
      setRefused(null)
    } catch (reason) {
      setRefused(`${dropped.name} could not be read: ${reason instanceof Error ? reason.message : reason}`)
    }
  }
  const goToLine = (line: number) => {
    const lines = text.split('\n')
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
    area.current?.focus()
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  }
  const read = text === '' ? null : readTaskDefinitionJson(text)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button beside is the first
    <div
      role="presentation"
      data-field={place}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer.files[0])
      }}
      className={cn(
        'flex flex-col gap-2 rounded-card',
        isOver && 'outline-2 outline-accent outline-offset-4',
      )}
    >
      <TextArea
        label="Task definition as JSON"
        mono
        rows={11}
        inputRef={area}
        value={text}
        onChange={set}
        onBlur={blur}
        placeholder={'{\n  "family": "backend-api",\n  "containerDefinitions": [ … ]\n}'}
        isInvalid={error !== undefined}
        validationBehavior="aria"
        hint="What describe-task-definition answers, or register-task-definition takes. A file can be dropped here."
      />
      <div className="flex items-center gap-3">
        <input
          ref={file}
          id={fileId}
          type="file"
          accept=".json,application/json"
          tabIndex={-1}
          aria-hidden
          className="hidden"
          onChange={(event) => void take(event.target.files?.[0])}
        />
        <Button onPress={() => file.current?.click()}>
          <Upload aria-hidden />
          Choose file
        </Button>
        {read?.ok && <span className="text-ok-ink text-xs">{summaryOf(read.input)}</span>}
      </div>
      {refused && (
        <p role="alert" className="text-bad-ink text-xs">
          {refused}
        </p>
      )}
      {read?.ok &&
        read.remarks.map((remark) => (
          <p key={remark} className="text-ink-soft text-xs">
            {remark}
          </p>
        ))}
      {read && !read.ok && (
        <ul aria-label="What is wrong with the JSON" className="flex flex-col gap-1 text-bad-ink text-xs">
          {read.faults.slice(0, 8).map((fault) => {
            const line = lineOfFault(text, fault)
            return (
              <li key={`${fault.path} ${fault.message}`}>
                <button
                  type="button"
                  onClick={() => goToLine(line)}
                  className="wrap-anywhere text-left underline"
                >
                  Line {line}
                </button>
                : {fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`}
              </li>
            )
          })}
          {read.faults.length > 8 && <li>and {read.faults.length - 8} more</li>}
        </ul>
      )}
      {!read && error && <p className="text-bad-ink text-xs">{error}</p>}
    </div>
  )
}

function summaryOf(input: { family?: string; containerDefinitions?: readonly unknown[] }): string {
  const containers = input.containerDefinitions?.length ?? 0
  return `${input.family ?? 'A task definition'} with ${containers} container${containers === 1 ? '' : 's'}`
}

/** JSON's own faults name their line; those of a member are found by its path. */
function lineOfFault(text: string, fault: { readonly path: string; readonly message: string }): number {
  const named = /line (\d+)/.exec(fault.message)?.[1]
  return fault.path === '' && named !== undefined ? Number(named) : lineOfPath(text, fault.path)
}
