'use client'

import { Eye, Table2, Waypoints } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRef } from 'react'
import { count } from '../ui/age'
import { SearchField } from '../ui/search-field'
import { Segmented } from '../ui/segmented'
import { useCommandHandler } from './keys/command-bus'
import type { MapUrl, SetMapUrl } from './use-map-url'

const StateFilter = dynamic(() => import('./state-filter').then((module) => module.StateFilter), {
  ssr: false,
  loading: () => <span className="h-7 w-[92px] rounded-control border border-line bg-raised" />,
})

const groupOptions = [
  { value: 'namespace', label: 'By namespace' },
  { value: 'cluster', label: 'By cluster' },
  { value: 'flat', label: 'Flat' },
] as const

const viewOptions = [
  { value: 'map', label: 'Map', glyph: <Waypoints aria-hidden /> },
  { value: 'table', label: 'Table', glyph: <Table2 aria-hidden /> },
] as const

type ToolbarProps = {
  url: MapUrl
  setUrl: SetMapUrl
  shown: number
  all: number
  /** Pixels at the right that the inspector covers. */
  coveredRight: number
}

/** How one looks at the services: grouping, filters, how many are left, map or table. */
export function Toolbar({ url, setUrl, shown, all, coveredRight }: ToolbarProps) {
  const filterField = useRef<HTMLInputElement>(null)
  useCommandHandler((command) => {
    if (command.kind !== 'search') return false
    filterField.current?.focus()
    filterField.current?.select()
    return true
  })
  return (
    <div
      style={{ right: coveredRight + 12 }}
      className="pointer-events-none absolute top-2.5 left-3 z-20 @container"
    >
      <div className="flex items-center gap-2 [&>*]:pointer-events-auto">
        {/* The table sorts by its columns; frames are the map's. */}
        {url.view === 'map' && (
          <Segmented
            aria-label="Group services"
            value={url.group}
            options={groupOptions}
            onChange={(group) => setUrl({ group })}
            className="@max-[34rem]:hidden @max-[44rem]:[&_label]:px-1.5"
          />
        )}
        <StateFilter value={url.states} onChange={(states) => setUrl({ states })} />
        <SearchField
          label="Filter services"
          placeholder="Filter"
          shortcut="/"
          inputRef={filterField}
          value={url.q}
          onChange={(q) => setUrl({ q: q || null })}
          className="w-44 min-w-16 shrink"
        />
        <output
          aria-label="Services shown"
          className="flex h-7 items-center gap-1.5 whitespace-nowrap rounded-control border border-line bg-raised px-2.5 text-ink-soft text-sm @max-[44rem]:hidden"
        >
          <Eye aria-hidden className="size-3.5" />
          {shown === all ? count(all, 'service') : `${shown} of ${count(all, 'service')}`}
        </output>
        <span className="pointer-events-none flex-1" />
        <Segmented
          aria-label="View"
          value={url.view}
          options={viewOptions}
          onChange={(view) => setUrl({ view })}
        />
      </div>
    </div>
  )
}
