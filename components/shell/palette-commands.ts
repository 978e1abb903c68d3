import { type CommandAction, readCommandLine, type Suggestion } from '@/lib/changes/command-line'
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
  const command: Command =
    action.kind === 'route'
      ? { kind: 'visit', href: action.href }
      : action.kind === 'connect'
        ? { kind: 'connect', connect: connectOf(action) }
        : { kind: 'change', change: wishFor(action.change, action.input, capital(text)) }
  return { ...item, commands: [command] }
}

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
