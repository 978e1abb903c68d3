'use client'

import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
} from '@tanstack/react-table'
import { ShieldCheck } from 'lucide-react'
import { Chip } from '../../ui/chip'
import { InstanceDots } from '../instance-dots'
import { StateGlyph } from '../state-glyph'
import { type ServiceRow, stateRank } from './rows'

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
})

const helper = createColumnHelper<typeof features, ServiceRow>()

/** Width in pixels; the first column takes what is left. */
export const columnWidths: Readonly<Record<string, number>> = {
  name: 160,
  state: 112,
  running: 66,
  instances: 152,
  namespace: 132,
  cluster: 108,
  connect: 128,
  address: 204,
  ports: 56,
  calledBy: 116,
  calls: 154,
}

const mono = (text: string) => (
  <span className="block truncate font-mono text-2xs" title={text}>
    {text}
  </span>
)
const plain = (text: string) => (
  <span className="block truncate" title={text}>
    {text}
  </span>
)

export const columns = helper.columns([
  helper.accessor('name', {
    header: 'Service',
    sortFn: 'alphanumeric',
    cell: ({ row }) => <span className="block truncate font-medium text-ink">{row.original.name}</span>,
  }),
  helper.accessor((row) => stateRank(row.state), {
    id: 'state',
    header: 'State',
    sortFn: 'basic',
    cell: ({ row }) => (
      <Chip
        tone={row.original.state}
        icon={<StateGlyph state={row.original.state} />}
        title={row.original.reason}
      >
        {row.original.status}
      </Chip>
    ),
  }),
  helper.accessor((row) => row.running ?? -1, {
    id: 'running',
    header: 'Running',
    sortFn: 'basic',
    cell: ({ row }) => {
      const { running, desired } = row.original
      return <span className="font-mono">{running === null ? '–' : `${running}/${desired}`}</span>
    },
  }),
  helper.accessor((row) => row.instances.length, {
    id: 'instances',
    header: 'Instances',
    sortFn: 'basic',
    cell: ({ row }) =>
      row.original.instances.length === 0 ? (
        '–'
      ) : (
        <span className="flex items-center gap-2">
          <span className="sr-only">{row.original.instances.length}</span>
          <InstanceDots instances={row.original.instances} selectedId={null} answered={null} perRow={8} />
        </span>
      ),
  }),
  helper.accessor('namespace', {
    header: 'Namespace',
    sortFn: 'alphanumeric',
    cell: ({ row }) => plain(row.original.namespace),
  }),
  helper.accessor('cluster', {
    header: 'Cluster',
    sortFn: 'alphanumeric',
    cell: ({ row }) => plain(row.original.cluster),
  }),
  helper.accessor((row) => row.connect?.word ?? '', {
    id: 'connect',
    header: 'Service Connect',
    sortFn: 'alphanumeric',
    cell: ({ row: { original } }) =>
      original.connect ? (
        <Chip tone={original.connect.tone} icon={<ShieldCheck aria-hidden />} title={original.connect.title}>
          {original.connect.word}
        </Chip>
      ) : (
        '–'
      ),
  }),
  helper.accessor('address', {
    header: 'Discovery name',
    sortFn: 'alphanumeric',
    cell: ({ row }) => mono(row.original.address),
  }),
  helper.accessor('ports', {
    header: 'Ports',
    sortFn: 'alphanumeric',
    cell: ({ row }) => mono(row.original.ports),
  }),
  helper.accessor('calledBy', {
    header: 'Called by',
    sortFn: 'alphanumeric',
    cell: ({ row }) => plain(row.original.calledBy),
  }),
  helper.accessor('calls', {
    header: 'Calls',
    sortFn: 'alphanumeric',
    cell: ({ row }) => (
      <span
        className={row.original.problem ? 'block truncate text-bad-ink' : 'block truncate'}
        title={row.original.calls}
      >
        {row.original.calls}
        {row.original.problem && ' (cannot reach)'}
      </span>
    ),
  }),
])
