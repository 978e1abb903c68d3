'use client'

import dynamic from 'next/dynamic'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Topology } from '@/lib/topology/model'
import { useWithVerified } from '../call/verified'
import { Skeleton } from '../ui/skeleton'
import { useMedia } from '../ui/use-media'
import { DrawerSlot } from './drawer-slot'
import { useFeedState, useTopology } from './feed/use-feed'
import { useFreshness, useIsOld } from './feed/use-freshness'
import { buildGroups } from './grouping'
import { useMapCommands } from './keys/use-map-commands'
import type { LayoutEngine } from './layout/layout-engine'
import { buildStructures } from './layout/structure'
import { useLayout, useLayoutEngine } from './layout/use-layout'
import { MapSkeleton } from './map-skeleton'
import { EmptyMap, FailedMap, NothingMatches } from './map-states'
import { matchServices } from './match'
import { findSelection, pickCallTarget } from './selection'
import { Toolbar } from './toolbar'
import { useAnswered } from './use-answered'
import { useMapUrl } from './use-map-url'

const loadCanvas = () => import('./map-canvas').then((module) => module.MapCanvas)
const MapCanvas = dynamic(loadCanvas, { ssr: false, loading: () => <MapSkeleton /> })
const Inspector = dynamic(() => import('../inspector/inspector').then((module) => module.Inspector), {
  ssr: false,
  loading: () => <aside aria-label="Inspector" className="h-full w-[364px] border-line border-l bg-raised" />,
})
const TableView = dynamic(() => import('./table/table-view').then((module) => module.TableView), {
  ssr: false,
  loading: () => <Skeleton className="m-4 mt-14 h-64" />,
})
const CallDrawer = dynamic(() => import('../call/call-drawer').then((module) => module.CallDrawer), {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-7" />,
})

const inspectorWidth = 364

/** The map and everything around it: one reading of the live topology, one looking state in the address. */
export function TopologyView() {
  const topology = useWithVerified(useTopology())
  const engine = useLayoutEngine()
  useEffect(() => {
    // Loaded while the first reading is on its way, not after it.
    loadCanvas().catch((error: unknown) => console.error('the map could not be loaded', error))
  }, [])
  return topology ? <LoadedView topology={topology} engine={engine} /> : <UnreadView />
}

function UnreadView() {
  const freshness = useFreshness(useFeedState())
  return (
    <div className="relative h-full overflow-hidden">
      {freshness.kind === 'failed' ? <FailedMap failure={freshness.failure} /> : <MapSkeleton />}
    </div>
  )
}

type LoadedViewProps = { topology: Topology; engine: LayoutEngine }

function LoadedView({ topology, engine }: LoadedViewProps) {
  const [url, setUrl] = useMapUrl()
  const [cursor, setCursor] = useState<string | null>(null)
  const [answered, onAnswered] = useAnswered()
  const isOld = useIsOld(useFeedState())
  const isWide = useMedia('(min-width: 75rem)')

  const groups = useMemo(() => buildGroups(topology, url.group), [topology, url.group])
  const structures = useMemo(() => buildStructures(groups, topology.edges), [groups, topology.edges])
  const layout = useLayout(engine, structures)
  const matched = useMemo(
    () => matchServices(topology, { text: url.q, states: url.states }),
    [topology, url.q, url.states],
  )
  const selection = findSelection(topology, url.selected)
  const callTarget = url.call === null ? null : pickCallTarget(topology, url.call)
  const coveredRight = selection && !isWide ? inspectorWidth : 0

  const { focus, look } = useMapCommands({ topology, layout, url, setUrl, cursor, setCursor })
  // Held in a ref, so that the callback stays the same and a selection does not draw every card again.
  const selectedNow = useRef(url.selected)
  useEffect(() => {
    selectedNow.current = url.selected
  }, [url.selected])
  const select = useCallback(
    (id: string) => {
      if (selectedNow.current === id) return document.getElementById('inspector')?.focus()
      setUrl({ selected: id, instance: null })
      look(id)
    },
    [setUrl, look],
  )
  const close = useCallback(() => setUrl({ selected: null, instance: null }), [setUrl])
  const mapActions = useMemo(() => ({ select, moveCursor: setCursor }), [select])

  const isEmpty = topology.services.length === 0 && topology.namespaces.length === 0
  return (
    <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_auto] grid-rows-[minmax(0,1fr)_auto] overflow-hidden">
      <div className="relative col-start-1 row-start-1 min-h-0 overflow-hidden max-wide:col-end-3">
        <Toolbar
          url={url}
          setUrl={setUrl}
          shown={matched?.size ?? topology.services.length}
          all={topology.services.length}
          coveredRight={coveredRight}
        />
        {url.view === 'table' ? (
          <TableView
            topology={topology}
            matched={matched}
            selected={url.selected}
            group={url.group}
            isOld={isOld}
            onSelect={select}
          />
        ) : (
          <MapCanvas
            question={
              layout && {
                topology,
                groups,
                layout,
                selected: url.selected,
                instanceId: url.instance,
                cursor: cursor ?? url.selected ?? topology.services[0]?.id ?? null,
                matched,
                answered,
              }
            }
            actions={mapActions}
            focus={focus}
            isOld={isOld}
            coveredRight={coveredRight}
            tidy={engine.tidy}
            onClear={close}
          />
        )}
        {isEmpty && <EmptyMap target={topology.target} />}
        {!isEmpty && matched?.size === 0 && (
          <NothingMatches q={url.q} onClear={() => setUrl({ q: null, states: null })} />
        )}
      </div>

      {selection && (
        <div className="z-30 col-start-2 row-start-1 min-h-0 wide:row-span-2 max-wide:max-w-full max-wide:justify-self-end max-wide:shadow-float">
          <Inspector
            topology={topology}
            selection={selection}
            instanceId={url.instance}
            answeredId={answered?.instanceId ?? null}
            onSelect={select}
            onInstance={(instance) => setUrl({ instance })}
            onCall={(call) => setUrl({ call })}
            onClose={close}
          />
        </div>
      )}

      {url.call !== null && (
        <div className="col-start-1 row-start-2 min-w-0 max-wide:col-end-3">
          <DrawerSlot label="Call">
            <CallDrawer
              topology={topology}
              serviceId={callTarget?.id ?? null}
              onServiceChange={(call) => setUrl({ call })}
              onAnswered={onAnswered}
              onClose={() => {
                onAnswered(null, Date.now())
                setUrl({ call: null })
              }}
            />
          </DrawerSlot>
        </div>
      )}
    </div>
  )
}
