import type { NamespaceGroup, ServiceNode, Topology } from '@/lib/topology/model'
import { type ConnectWay, connectAsk } from '../connect/connect-ask'
import { deleteServiceWish, exportOf, redeployWish, runTaskWish } from '../plan/wishes'
import { namespaceKind } from '../topology/grouping'
import type { Command } from '../topology/keys/shortcuts'
import { findService } from '../topology/selection'
import { instanceCount, isMissing } from '../topology/state-words'

/** What an action is about, for its picture. */
export type ActionGlyph =
  | 'call'
  | 'scale'
  | 'connect'
  | 'redeploy'
  | 'revision'
  | 'run'
  | 'delete'
  | 'create'
  | 'import'
  | 'export'
  | 'examples'
  | 'plans'
  | 'activity'
  | 'map'
  | 'theme'
  | 'help'

export type PaletteItem = {
  readonly id: string
  readonly section: 'Commands' | 'Actions' | 'Services' | 'Namespaces' | 'Clusters' | 'Instances'
  readonly text: string
  /** Quieter, at the right of the text; found by the search too. */
  readonly hint: string
  readonly glyph?: ActionGlyph
  /** Found only once something was typed, or only before; without it always. */
  readonly when?: 'typed' | 'untyped'
  readonly shortcut?: string
  readonly commands: readonly Command[]
  /** More has to be typed: this is put into the field instead of doing anything. */
  readonly fill?: string
}

/** Everything that the palette can find or do, given what is on the map and what is selected. */
export function buildPaletteItems(
  topology: Topology | undefined,
  selectedId: string | null,
  /** Whether the map is in sight: only then can it be arranged. */
  isMap: boolean,
): readonly PaletteItem[] {
  return [...actions(topology, selectedId, isMap), ...(topology ? places(topology) : [])]
}

function actions(
  topology: Topology | undefined,
  selectedId: string | null,
  isMap: boolean,
): readonly PaletteItem[] {
  const selected = topology && selectedId !== null ? findService(topology, selectedId) : null
  const items: PaletteItem[] = []
  const add = (
    glyph: ActionGlyph,
    text: string,
    hint: string,
    commands: readonly Command[],
    shortcut?: string,
  ) =>
    items.push({
      id: `action/${text}`,
      section: 'Actions',
      text,
      hint,
      glyph,
      commands,
      ...(shortcut ? { shortcut } : {}),
    })
  if (selected && !isMissing(selected))
    add('call', `Call ${selected.name}`, 'opens the call drawer', [{ kind: 'call' }], 'c')
  if (selected?.ecs && !topology?.target.readOnly) {
    add('scale', `Scale ${selected.name}`, 'change the desired count', [{ kind: 'scale' }], 's')
  }
  if (topology && selected && !topology.target.readOnly) {
    const redeploy = redeployWish(topology, selected)
    for (const { text, hint, ask } of connectActions(topology, selected))
      add('connect', text, hint, [{ kind: 'connect', connect: ask }])
    const deletion = deleteServiceWish(topology, selected)
    if (redeploy)
      add('redeploy', `Redeploy ${selected.name}`, 'new tasks of the same revision', [
        { kind: 'change', change: redeploy },
      ])
    if (selected.ecs?.status === 'ACTIVE')
      add('revision', `New revision of ${selected.name}`, `edits ${selected.ecs.taskDefinition}`, [
        { kind: 'new-revision', id: selected.id },
      ])
    const oneTask = runTaskWish(topology, selected)
    if (oneTask)
      add('run', `Run a task of ${selected.name}`, 'once, outside of the service', [
        { kind: 'change', change: oneTask },
      ])
    if (deletion)
      add('delete', `Delete ${selected.name}`, 'asks for the name first', [
        { kind: 'change', change: deletion },
      ])
  }
  if (!selected && topology?.services.some((service) => !isMissing(service))) {
    add('call', 'Call a service', 'opens the call drawer', [{ kind: 'call' }], 'c')
  }
  if (!topology?.target.readOnly) {
    add('create', 'Create namespace', 'where names live', visit('/create/namespace'))
    add('create', 'Create discovery service', 'a name in a namespace', visit('/create/discovery-service'))
    add('create', 'Create ECS service', 'tasks that are kept running', visit('/create/service'))
    add('create', 'Create cluster', 'where services run', visit('/create/cluster'))
    add('import', 'Import a plan or task definition', 'JSON, checked before it runs', [{ kind: 'import' }])
  }
  items.push(...exportItems(topology?.namespaces ?? [], selectedId))
  add('examples', 'Examples', 'whole set-ups to deploy, call and remove', visit('/examples'))
  add('plans', 'Plans', 'what ran, what failed, what can be undone', visit('/plans'))
  add('activity', 'Activity', 'who changed what, and when', visit('/activity'))
  if (isMap) {
    add('map', 'Map or table', 'the same facts, drawn or listed', [{ kind: 'toggle-view' }], 't')
    add('map', 'Group by namespace', 'how the map is arranged', [{ kind: 'group', by: 'namespace' }])
    add('map', 'Group by cluster', 'how the map is arranged', [{ kind: 'group', by: 'cluster' }])
    add('map', 'Do not group', 'one flat map', [{ kind: 'group', by: 'flat' }])
    add('map', 'Fit everything in view', 'zoom', [{ kind: 'fit' }], 'f')
    add('map', 'Tidy up the layout', 'forget places, arrange afresh', [{ kind: 'tidy' }])
  }
  add('theme', 'Light or dark', 'theme', [{ kind: 'theme' }], 'd')
  add('help', 'Keyboard shortcuts', 'help', [{ kind: 'help' }], '?')
  return items
}

/** A namespace as code. Before one types, one line stands for all of them, unless it is clear which is meant. */
function exportItems(
  namespaces: readonly NamespaceGroup[],
  selectedId: string | null,
): readonly PaletteItem[] {
  const action = { section: 'Actions', glyph: 'export', hint: 'as code that makes the same again' } as const
  const meant = namespaces.length === 1 ? namespaces[0] : namespaces.find(({ id }) => id === selectedId)
  const all: PaletteItem = {
    ...action,
    id: 'action/Export namespace',
    text: 'Export namespace…',
    commands: [],
    fill: 'Export namespace ',
    when: 'untyped',
  }
  return [
    ...(meant || namespaces.length === 0 ? [] : [all]),
    ...namespaces.map(
      (namespace): PaletteItem => ({
        ...action,
        id: `action/Export ${namespace.id}`,
        text: `Export namespace ${namespace.name}…`,
        commands: [exportOf(namespace)],
        ...(namespace === meant ? {} : { when: 'typed' }),
      }),
    ),
  ]
}

/** What can be done about the Service Connect of a service. */
function connectActions(topology: Topology, service: ServiceNode) {
  const actionOf = (text: string, hint: string, way: ConnectWay) => {
    const ask = connectAsk(topology, service, way)
    return ask ? [{ text, hint, ask }] : []
  }
  const { name } = service
  return [
    ...(service.connect
      ? [
          ...actionOf(`Service Connect of ${name}`, 'names, timeouts, clients', 'as it is'),
          ...actionOf(`Service Connect off for ${name}`, 'says first whose calls would fail', 'off'),
        ]
      : actionOf(`Service Connect on for ${name}`, 'client only, or client and server', 'on')),
    ...(service.discovery?.dnsName
      ? actionOf(`Move ${name} to Service Connect`, 'from service discovery, under the same name', 'migrate')
      : []),
  ]
}

const visit = (href: string): readonly Command[] => [{ kind: 'visit', href }]

function places(topology: Topology): readonly PaletteItem[] {
  const groups = new Map(
    [...topology.namespaces, ...topology.clusters].map((group) => [group.id, group.name] as const),
  )
  const byName = topology.services.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const services = byName.map((service): PaletteItem => {
    const where = groups.get(service.namespace ?? '') ?? groups.get(service.cluster ?? '') ?? 'no namespace'
    return {
      id: service.id,
      section: 'Services',
      text: service.name,
      hint: [where, service.status, instanceCount(service)].filter(Boolean).join(' · '),
      commands: [{ kind: 'go', id: service.id }],
    }
  })
  const namespaces = topology.namespaces.map(
    (namespace): PaletteItem => ({
      id: namespace.id,
      section: 'Namespaces',
      text: namespace.name,
      hint: namespaceKind(namespace.type),
      commands: [{ kind: 'go', id: namespace.id }],
    }),
  )
  const clusters = topology.clusters.map(
    (cluster): PaletteItem => ({
      id: cluster.id,
      section: 'Clusters',
      text: cluster.name,
      hint: cluster.status.toLowerCase(),
      commands: [{ kind: 'go', id: cluster.id }],
    }),
  )
  const instances = topology.services.flatMap((service) =>
    service.instances.map(
      (instance): PaletteItem => ({
        id: `${service.id} ${instance.id}`,
        section: 'Instances',
        text: instance.address ?? instance.taskId ?? instance.id,
        hint: `${service.name} · ${instance.taskId ?? 'no task'} · ${instance.state}`,
        when: 'typed',
        commands: [{ kind: 'go', id: service.id, instance: instance.id }],
      }),
    ),
  )
  return [...services, ...namespaces, ...clusters, ...instances]
}

/** A titled part of what is found. */
export type PaletteSection = {
  readonly section: PaletteItem['section']
  readonly items: readonly PaletteItem[]
}

const sections: readonly PaletteItem['section'][] = [
  'Actions',
  'Services',
  'Namespaces',
  'Clusters',
  'Instances',
]
const mostPerSection = 8

/**
 * What to show for the words typed: every word must occur; a match at the start of the text comes first.
 * Without words: all actions and the first services, no instances.
 */
export function searchPalette(items: readonly PaletteItem[], text: string): readonly PaletteSection[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const first = words[0] ?? ''
  const rank = (item: PaletteItem) => {
    const own = item.text.toLowerCase()
    return own.startsWith(first) ? 0 : own.includes(first) ? 1 : 2
  }
  const found = items.filter((item) => {
    const hay = `${item.text} ${item.hint}`.toLowerCase()
    return words.every((word) => hay.includes(word)) && item.when !== (words.length > 0 ? 'untyped' : 'typed')
  })
  const groups = sections.map((section) => {
    const own = found.filter((item) => item.section === section)
    const most = section === 'Actions' && words.length === 0 ? own.length : mostPerSection
    return {
      section,
      items: (words.length > 0 ? own.toSorted((a, b) => rank(a) - rank(b)) : own).slice(0, most),
    }
  })
  const filled = groups.filter((group) => group.items.length > 0)
  if (words.length === 0) return filled
  // The section with the best match first. At a tie a thing goes before an action: who types looks for a thing.
  const best = (group: (typeof filled)[number]) =>
    Math.min(...group.items.map(rank)) + (group.section === 'Actions' ? 0.5 : 0)
  return filled.toSorted((a, b) => best(a) - best(b))
}
