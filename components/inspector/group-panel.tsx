'use client'

import { Boxes, Download, FolderTree, Trash2 } from 'lucide-react'
import type { ServiceNode, State, Topology } from '@/lib/topology/model'
import { deleteClusterWish, deleteNamespaceWish, exportOf } from '../plan/wishes'
import { namespaceKind } from '../topology/grouping'
import { useCommands } from '../topology/keys/command-bus'
import type { Selection } from '../topology/selection'
import { StateGlyph, stateColour } from '../topology/state-glyph'
import { instanceCount, livingInstances } from '../topology/state-words'
import { count } from '../ui/age'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { cn } from '../ui/class-names'
import { Copy } from '../ui/copy'
import { PanelHead } from './panel-head'
import { Fact, Facts, Section } from './section'

type GroupPanelProps = {
  topology: Topology
  selection: Extract<Selection, { kind: 'namespace' | 'cluster' }>
  onSelect: (id: string) => void
  onClose: () => void
}

/** A namespace or a cluster: its facts and who is in it. */
export function GroupPanel({ topology, selection, onSelect, onClose }: GroupPanelProps) {
  const group = selection.kind === 'namespace' ? selection.namespace : selection.cluster
  const members = topology.services.filter((service) => service[selection.kind] === group.id)
  const instances = members.reduce((sum, service) => sum + livingInstances(service.instances), 0)
  return (
    <>
      <PanelHead
        glyph={selection.kind === 'namespace' ? <FolderTree aria-hidden /> : <Boxes aria-hidden />}
        title={group.name}
        subtitle={
          selection.kind === 'namespace'
            ? `${namespaceKind(selection.namespace.type)} namespace`
            : `cluster · ${selection.cluster.status.toLowerCase()}`
        }
        onClose={onClose}
      >
        <GroupActions topology={topology} selection={selection} />
      </PanelHead>
      <div className="min-h-0 flex-1 overflow-auto border-line border-t">
        <Section title="Facts">
          <Facts>
            <Fact name="Services">{members.length}</Fact>
            <Fact name="Instances">{instances}</Fact>
            {selection.kind === 'namespace' && (
              <>
                <Fact name="Found by">
                  {selection.namespace.type === 'HTTP'
                    ? 'DiscoverInstances only'
                    : 'DNS and DiscoverInstances'}
                </Fact>
                <Fact name="Id">
                  <Copy inline name="namespace id" value={selection.namespace.namespaceId} />
                </Fact>
              </>
            )}
            <Fact name="ARN">
              <Copy inline name={`${selection.kind} ARN`} value={group.arn} length={30} />
            </Fact>
          </Facts>
        </Section>
        <Section title="Health" aside={<HealthChips services={members} />}>
          {members.length === 0 ? (
            <p className="text-ink-soft text-sm">
              {selection.kind === 'namespace'
                ? 'No service is registered here.'
                : 'No service runs in this cluster.'}
            </p>
          ) : (
            <ul aria-label={count(members.length, 'service')} className="-mx-2">
              {members.map((service) => (
                <li key={service.id}>
                  <button
                    type="button"
                    onClick={() => onSelect(service.id)}
                    className="flex min-h-7 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-sunk focus-visible:-outline-offset-2"
                  >
                    <StateGlyph
                      state={service.state}
                      className={cn('size-3.5', stateColour(service.state))}
                    />
                    <span className="min-w-0 flex-1 truncate text-ink text-sm">{service.name}</span>
                    <span className="text-ink-soft text-xs">{service.status}</span>
                    <span className="w-10 text-right font-mono text-ink-soft text-xs">
                      {instanceCount(service)}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Section>
      </div>
    </>
  )
}

function GroupActions({ topology, selection }: Pick<GroupPanelProps, 'topology' | 'selection'>) {
  const run = useCommands()
  const namespace = selection.kind === 'namespace' ? selection.namespace : null
  const wish =
    selection.kind === 'namespace'
      ? deleteNamespaceWish(selection.namespace)
      : deleteClusterWish(selection.cluster)
  return (
    <div className="mt-2 flex items-center gap-2">
      {namespace && (
        <Button onPress={() => run(exportOf(namespace))}>
          <Download aria-hidden />
          Export…
        </Button>
      )}
      <Button
        isDisabled={topology.target.readOnly}
        onPress={() => run({ kind: 'change', change: wish })}
        className="text-bad-ink"
      >
        <Trash2 aria-hidden />
        Delete…
      </Button>
    </div>
  )
}

const order: readonly State[] = ['bad', 'warn', 'busy', 'off', 'ok']

function HealthChips({ services }: { services: readonly ServiceNode[] }) {
  return (
    <span className="flex gap-1">
      {order.map((state) => {
        const n = services.filter((service) => service.state === state).length
        return n === 0 ? null : (
          <Chip key={state} tone={state} icon={<StateGlyph state={state} />}>
            {n}
          </Chip>
        )
      })}
    </span>
  )
}
