'use client'

import { useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo, useRef } from 'react'
import type { GroupBy } from '@/lib/topology/group'
import type { Topology } from '@/lib/topology/model'
import { cn } from '../../ui/class-names'
import { columns, columnWidths, features } from './columns'
import { buildRows } from './rows'

const rowHeight = 40
const totalWidth = Object.values(columnWidths).reduce((sum, width) => sum + width, 0)

type TableViewProps = {
  topology: Topology
  matched: ReadonlySet<string> | null
  selected: string | null
  group: GroupBy
  /** Too old to be shown as if it were live: dimmed. */
  isOld: boolean
  onSelect: (id: string) => void
}

/** The map's equal as a table: every fact of a card, sortable, with rows that open the inspector. */
export function TableView({ topology, matched, selected, group, isOld, onSelect }: TableViewProps) {
  const data = useMemo(() => [...buildRows(topology, matched, group)], [topology, matched, group])
  const table = useTable({ features, columns, data, getRowId: (row) => row.id, enableMultiSort: false })
  const rows = table.getRowModel().rows
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by a compiler
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const above = items[0]?.start ?? 0
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)

  return (
    <section
      ref={scroller}
      aria-label="Services"
      className={cn(
        'absolute inset-0 top-12 overflow-auto border-line border-t bg-raised',
        isOld && 'opacity-60',
      )}
    >
      <table
        aria-rowcount={rows.length + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-ink-soft text-xs"
        style={{ minWidth: totalWidth }}
      >
        <thead className="sticky top-0 z-10 bg-raised">
          {table.getHeaderGroups().map((headers) => (
            <tr key={headers.id}>
              {headers.headers.map((header) => {
                const sorted = header.column.getIsSorted()
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
                    style={{ width: columnWidths[header.column.id] }}
                    className="h-8 border-line border-b px-0 text-left font-medium first:pl-2"
                  >
                    <button
                      type="button"
                      onClick={header.column.getToggleSortingHandler()}
                      className="flex h-full w-full items-center gap-1 px-2 hover:text-ink focus-visible:-outline-offset-2"
                    >
                      <table.FlexRender header={header} />
                      {sorted === 'asc' && <ArrowUp aria-hidden className="size-3" />}
                      {sorted === 'desc' && <ArrowDown aria-hidden className="size-3" />}
                    </button>
                  </th>
                )
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {items.map((item) => {
            const row = rows[item.index]
            if (!row) return null
            const isSelected = row.id === selected
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                aria-selected={isSelected}
                style={{ height: rowHeight }}
                onClick={() => onSelect(row.id)}
                className={cn('group', isSelected ? 'bg-accent-soft' : 'hover:bg-surface')}
              >
                {row.getAllCells().map((cell, index) => (
                  <td key={cell.id} className="overflow-hidden border-line border-b px-2 first:pl-4">
                    {index === 0 ? (
                      <button
                        type="button"
                        onClick={(event) => {
                          event.stopPropagation()
                          onSelect(row.id)
                        }}
                        aria-label={`Open ${row.original.name}`}
                        className="block max-w-full rounded-chip text-left group-hover:underline"
                      >
                        <table.FlexRender cell={cell} />
                      </button>
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </section>
  )
}
