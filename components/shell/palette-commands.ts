import {
  type CommandAction,
  explainCommandLine,
  readCommandLine,
  type Suggestion,
} from '@/lib/changes/command-line'
import type { Topology } from '@/lib/topology/model'
import { wishFor } from '../plan/wishes'
import type { Command } from '../topology/keys/shortcuts'
import { capital } from '../ui/sentence'
import type { PaletteItem, PaletteSection } from './palette-items'

/** What a typed sentence can mean: `scale backend-api to 5`. Nothing while it is no command. */
export function commandSection(topology: Topology | undefined, text: string): PaletteSection | null {
  const items = topology ? readCommandLine(text, topology).map(toItem) : []
  return items.length > 0 ? { section: 'Commands', items } : null
}

function toItem(suggestion: Suggestion): PaletteItem {
  const { id, text, hint, action } = suggestion
  const item = { id: `command/${id}`, section: 'Commands' as const, text: capital(text.trim()), hint }
  if (!action) return { ...item, commands: [], fill: text }
  return { ...item, commands: [commandOf(action, text)] }
}

function commandOf(action: CommandAction, text: string): Command {
  switch (action.kind) {
    case 'route':
      return { kind: 'visit', href: action.href }
    case 'connect':
      return { kind: 'connect', connect: connectOf(action) }
    case 'call':
    case 'new-revision':
      return { kind: action.kind, id: action.id }
    case 'change':
      return { kind: 'change', change: wishFor(action.change, action.input, capital(text)) }
  }
}

/** What to say when nothing was found: what would have been understood. */
export const explainNothing = (topology: Topology | undefined, text: string): string | null =>
  topology ? explainCommandLine(text, topology) : null

const connectOf = ({ clusterArn, serviceArn, name, way }: Extract<CommandAction, { kind: 'connect' }>) => ({
  clusterArn,
  serviceArn,
  name,
  way,
})

/** Commands come first once a sentence is begun; a single word is more likely the name of a thing. */
export function withCommands(
  found: readonly PaletteSection[],
  commands: PaletteSection | null,
  text: string,
): readonly PaletteSection[] {
  if (!commands) return found
  return /\s/.test(text.trimStart()) ? [commands, ...found] : [...found, commands]
}
