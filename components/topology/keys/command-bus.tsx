'use client'

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react'
import { findFocusPlace } from './focus-place'
import { type Command, readShortcut } from './shortcuts'
import { useSingleKeys } from './single-keys'

type Handler = (command: Command) => boolean

export type CommandBus = {
  /** Offers the command to whoever listens, newest first; true when somebody took it. */
  readonly run: (command: Command) => boolean
  readonly on: (handler: Handler) => () => void
}

function makeBus(): CommandBus {
  const handlers: Handler[] = []
  return {
    run: (command) => handlers.toReversed().some((handle) => handle(command)),
    on: (handler) => {
      handlers.push(handler)
      return () => {
        handlers.splice(handlers.indexOf(handler), 1)
      }
    },
  }
}

const BusContext = createContext<CommandBus>(makeBus())

export function useCommands(): CommandBus['run'] {
  return useContext(BusContext).run
}

/** Takes commands while mounted. Return true for the ones that were yours. */
export function useCommandHandler(handle: Handler): void {
  const bus = useContext(BusContext)
  const onCommand = useEffectEvent(handle)
  useEffect(() => bus.on((command) => onCommand(command)), [bus])
}

/** One key listener for the whole console: keys, palette and buttons all run the same commands. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const [bus] = useState(makeBus)
  const [singleKeys] = useSingleKeys()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const primary = event.metaKey || event.ctrlKey
    const press = { key: event.key, primary, alt: event.altKey, place: findFocusPlace(event.target) }
    const command = readShortcut(press, singleKeys)
    if (command && bus.run(command)) event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return <BusContext value={bus}>{children}</BusContext>
}
