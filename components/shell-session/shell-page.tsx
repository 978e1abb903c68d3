'use client'

import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { useTopology } from '../topology/feed/use-feed'
import { Button } from '../ui/button'
import { buttonStyle } from '../ui/button-style'
import { Notice } from '../ui/notice'
import { shortTask } from '../ui/shorten'
import type { ShellLine } from './shell-line'

const Terminal = dynamic(() => import('./terminal').then((module) => module.Terminal), { ssr: false })

type ShellPageProps = {
  /** Node id of the service in whose task the shell is opened. */
  readonly from: string | null
  readonly isOn: boolean
}

/** A shell in a task, for operators, where whoever started the console switched that on. */
export function ShellPage({ from, isOn }: ShellPageProps) {
  const topology = useTopology()
  const [line, setLine] = useState<ShellLine | null>(null)
  const [closed, setClosed] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const end = useRef<HTMLButtonElement>(null)
  const service = topology?.services.find(({ id }) => id === from) ?? null
  const isReadOnly = topology?.target.readOnly === true
  if (!isOn || isReadOnly || from === null)
    return (
      <div className="p-6">
        <Notice
          tone="info"
          title={isOn && !isReadOnly ? 'Choose a service on the map first' : 'Shells are switched off here'}
        >
          {isOn && !isReadOnly
            ? 'Open Call, choose a service under “Call from”, and open a shell in its task.'
            : 'Start the console with npm start -- --shell. Whoever operates it may then run any command in your tasks.'}
        </Notice>
      </div>
    )
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-11 shrink-0 items-center gap-3 border-line border-b px-4">
        <h1 className="font-semibold text-sm">Shell in {service?.name ?? from}</h1>
        {line && (
          <p className="truncate font-mono text-2xs text-ink-soft">
            task {shortTask(line.place.taskId)} · container {line.place.container}
          </p>
        )}
        <span className="flex-1" />
        <span className="text-2xs text-ink-soft">
          Shift+Esc leaves the terminal · ends after 20 idle minutes
        </span>
        {closed === null ? (
          <Button
            ref={end}
            tone="danger"
            onPress={() => (line ? line.end() : setClosed('You ended it before it was open.'))}
          >
            End shell
          </Button>
        ) : (
          <Link href="/" className={buttonStyle()}>
            Map
          </Link>
        )}
      </header>
      {topology?.target.kind === 'local' && (
        <p className="border-line border-b px-4 py-1.5 text-ink-soft text-xs">
          In the local cloud this task is a process on this machine: the files that the shell sees are yours.
        </p>
      )}
      {closed !== null && (
        <div className="px-4 py-3">
          <Notice
            tone="info"
            role="status"
            title="This shell is over"
            actions={
              <Button
                onPress={() => {
                  setLine(null)
                  setClosed(null)
                  setAttempt(attempt + 1)
                }}
              >
                Open another one
              </Button>
            }
          >
            {closed}
          </Notice>
        </div>
      )}
      {(closed === null || line !== null) && (
        <Terminal
          key={attempt}
          from={from}
          onOpen={setLine}
          onClosed={(reason) => setClosed(reason || 'The shell has ended.')}
          onLeave={() => end.current?.focus()}
        />
      )}
    </div>
  )
}
