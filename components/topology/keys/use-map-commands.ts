'use client'

import { useCallback, useState } from 'react'
import type { Topology } from '@/lib/topology/model'
import type { MapLayout } from '../layout/model'
import { findService, pickCallTarget } from '../selection'
import type { MapUrl, SetMapUrl } from '../use-map-url'
import { useCommandHandler } from './command-bus'
import { findNeighbour } from './neighbour'
import type { Command } from './shortcuts'

type MapCommandsInput = {
  topology: Topology
  layout: MapLayout | null
  url: MapUrl
  setUrl: SetMapUrl
  cursor: string | null
  setCursor: (id: string) => void
}

export type Focus = { readonly id: string; readonly turn: number; readonly withKeyboard: boolean }

/** What keys and palette do on the map. Returns the card to bring into view, and how to ask for one. */
export function useMapCommands(input: MapCommandsInput): {
  readonly focus: Focus | null
  readonly look: (id: string, withKeyboard?: boolean) => void
} {
  const { topology, layout, url, setUrl, cursor, setCursor } = input
  const [focus, setFocus] = useState<Focus | null>(null)
  const look = useCallback(
    (id: string, withKeyboard = false) =>
      setFocus((before) => ({ id, turn: (before?.turn ?? 0) + 1, withKeyboard })),
    [],
  )

  const move = (command: Extract<Command, { kind: 'move' }>) => {
    const from = cursor ?? url.selected
    const next = findNeighbour(layout?.places ?? {}, from, command.direction)
    if (!next) return
    setCursor(next)
    look(next, true)
    // With the inspector open, it follows the arrows.
    if (url.selected) setUrl({ selected: next, instance: null })
  }

  const close = () => {
    if (url.selected) {
      const back = findService(topology, url.selected)
      if (back) look(back.id, true)
      setUrl({ selected: null, instance: null })
    } else if (url.call !== null) setUrl({ call: null })
    else return false
    return true
  }

  useCommandHandler((command) => {
    switch (command.kind) {
      case 'move':
        if (url.view === 'table') return false
        move(command)
        return true
      case 'open':
        if (url.view === 'table' || !cursor) return false
        setUrl({ selected: cursor, instance: null })
        return true
      case 'close':
        return close()
      case 'toggle-view':
        setUrl({ view: url.view === 'map' ? 'table' : 'map' })
        return true
      case 'call': {
        if (command.id !== undefined) setUrl({ selected: command.id, instance: null, call: command.id })
        else if (url.call !== null && url.call === url.selected) setUrl({ call: null })
        else setUrl({ call: pickCallTarget(topology, url.selected ?? cursor)?.id ?? '' })
        return true
      }
      case 'go':
        setUrl({ selected: command.id, instance: command.instance ?? null, view: 'map' })
        if (findService(topology, command.id)) {
          setCursor(command.id)
          look(command.id, true)
        }
        return true
      case 'group':
        setUrl({ group: command.by })
        return true
      default:
        return false
    }
  })
  return { focus, look }
}
