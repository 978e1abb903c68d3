import type { ChangeKind } from '@/lib/changes/change'
import type { GroupBy } from '@/lib/topology/group'
import type { ConnectAsk } from '../../connect/connect-ask'
import type { Direction } from './neighbour'

/** A change that somebody asks for; its plan is shown before anything is sent. */
export type ChangeWish = {
  readonly kind: ChangeKind
  readonly input: Readonly<Record<string, unknown>>
  /** `Delete backend-api`, until the plan has a title of its own. */
  readonly title: string
  /** The button that does it: `Delete service`. */
  readonly verb: string
  /** Fields of the input that can be switched on or off before it runs. */
  readonly options?: readonly { readonly field: string; readonly label: string; readonly hint: string }[]
}

export type Command =
  | { readonly kind: 'move'; readonly direction: Direction }
  /** Selects a service, edge, namespace or cluster, and brings it into view. */
  | { readonly kind: 'go'; readonly id: string; readonly instance?: string }
  | { readonly kind: 'group'; readonly by: GroupBy }
  /** Opens or closes the call drawer; with an id it opens to that card. */
  | { readonly kind: 'call'; readonly id?: string }
  /** Opens the editor of what a service runs. */
  | { readonly kind: 'new-revision'; readonly id: string }
  /** Goes to another page of the console. */
  | { readonly kind: 'visit'; readonly href: string }
  | { readonly kind: 'change'; readonly change: ChangeWish }
  /** Opens the form of a service's Service Connect. */
  | { readonly kind: 'connect'; readonly connect: ConnectAsk }
  /** Shows what is in a namespace as code. */
  | { readonly kind: 'export'; readonly namespaceId: string; readonly name: string }
  | {
      readonly kind:
        | 'open'
        | 'close'
        | 'search'
        | 'help'
        | 'toggle-view'
        | 'fit'
        | 'tidy'
        | 'scale'
        | 'zoom-in'
        | 'zoom-out'
        | 'palette'
        | 'import'
        | 'theme'
    }

/** `map`: the page or a card. `control`: a button or link. `layer`: a dialog, menu or list. `text`: a field. */
export type FocusPlace = 'map' | 'control' | 'layer' | 'text'

export type KeyPress = {
  readonly key: string
  /** ⌘ or Ctrl. */
  readonly primary: boolean
  readonly alt: boolean
  readonly place: FocusPlace
}

const single: ReadonlyMap<string, Command> = new Map([
  ['/', { kind: 'search' }],
  ['?', { kind: 'help' }],
  ['t', { kind: 'toggle-view' }],
  ['v', { kind: 'toggle-view' }],
  ['f', { kind: 'fit' }],
  ['c', { kind: 'call' }],
  ['s', { kind: 'scale' }],
  ['d', { kind: 'theme' }],
  ['+', { kind: 'zoom-in' }],
  ['=', { kind: 'zoom-in' }],
  ['-', { kind: 'zoom-out' }],
])

const directions: ReadonlyMap<string, Direction> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
])

/**
 * What a key means, or null when it is not ours. Single letters and signs can be switched off (WCAG 2.1.4) and
 * never work while typing. Arrows and Enter belong to the map; a control or a layer has its own use for them.
 */
export function readShortcut(press: KeyPress, singleKeys: boolean): Command | null {
  if (press.primary) return !press.alt && press.key.toLowerCase() === 'k' ? { kind: 'palette' } : null
  if (press.alt || press.place === 'text' || press.place === 'layer') return null
  if (press.key === 'Escape') return { kind: 'close' }
  if (press.place === 'map') {
    const direction = directions.get(press.key)
    if (direction) return { kind: 'move', direction }
    if (press.key === 'Enter') return { kind: 'open' }
  }
  return singleKeys ? (single.get(press.key) ?? null) : null
}

/** For the help dialog, in reading order. `single` marks keys that can be switched off. */
export const shortcutHelp: readonly {
  readonly keys: readonly string[]
  readonly does: string
  readonly single: boolean
}[] = [
  { keys: ['⌘K', 'Ctrl K'], does: 'Find anything, run a command', single: false },
  { keys: ['←', '→', '↑', '↓'], does: 'Go from card to card', single: false },
  { keys: ['Enter'], does: 'Open the inspector; again: go into it', single: false },
  { keys: ['Esc'], does: 'Close the inspector, then the call drawer', single: false },
  { keys: ['/'], does: 'Filter the map', single: true },
  { keys: ['t', 'v'], does: 'Map or table', single: true },
  { keys: ['c'], does: 'Call the selected service', single: true },
  { keys: ['s'], does: 'Scale the selected service', single: true },
  { keys: ['f'], does: 'Fit everything in view', single: true },
  { keys: ['+', '−'], does: 'Zoom', single: true },
  { keys: ['d'], does: 'Light or dark', single: true },
  { keys: ['?'], does: 'This help', single: true },
]
