'use client'

import dynamic from 'next/dynamic'
import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import type { Topology } from '@/lib/topology/model'
import type { ConnectAsk } from '../connect/connect-ask'
import type { NewRevisionDialogProps } from '../inspector/new-revision-dialog'
import { useTopology, useTopologyFeed } from '../topology/feed/use-feed'
import { useCommandHandler } from '../topology/keys/command-bus'
import type { ChangeWish } from '../topology/keys/shortcuts'
import { findService } from '../topology/selection'
import { FlashBar } from './flash-bar'
import { useKeepMapUrl, useLastMapUrl } from './last-map-url'
import { mapUrlFor } from './map-commands'
import { Rail } from './rail'
import { TopBar } from './top-bar'
import { startTypeAhead, type TypeAhead } from './type-ahead'

const CommandPalette = dynamic(() => import('./command-palette').then((module) => module.CommandPalette), {
  ssr: false,
})
const HelpDialog = dynamic(() => import('./help-dialog').then((module) => module.HelpDialog), { ssr: false })
const PlanDialog = dynamic(() => import('../plan/plan-dialog').then((module) => module.PlanDialog), {
  ssr: false,
})
const ConnectDialog = dynamic(
  () => import('../connect/connect-dialog').then((module) => module.ConnectDialog),
  { ssr: false },
)
const ImportDialog = dynamic(() => import('../plan/import-dialog').then((module) => module.ImportDialog), {
  ssr: false,
})

const NewRevisionDialog = dynamic(
  () => import('../inspector/new-revision-dialog').then((module) => module.NewRevisionDialog),
  { ssr: false },
)

const ExportDialog = dynamic(
  () => import('../inspector/export-dialog').then((module) => module.ExportDialog),
  { ssr: false },
)

type Layer =
  | { readonly kind: 'palette'; readonly typeAhead: TypeAhead }
  | { readonly kind: 'help' | 'import' }
  | { readonly kind: 'change'; readonly change: ChangeWish }
  | { readonly kind: 'connect'; readonly connect: ConnectAsk }
  | { readonly kind: 'new-revision'; readonly revised: Omit<NewRevisionDialogProps, 'onClose'> }
  | { readonly kind: 'export'; readonly namespaceId: string; readonly name: string }

/** What stands around every room: the top bar, the rail, notices; and the one live stream. */
export function Frame({ children }: { children: ReactNode }) {
  useTopologyFeed()
  const topology = useTopology()
  const router = useRouter()
  const pathname = usePathname()
  const lastMap = useLastMapUrl()
  const [layer, setLayer] = useState<Layer | null>(null)
  const close = () => setLayer(null)
  useEffect(() => {
    // Whatever takes the palette's place, keys are not kept from it.
    if (layer?.kind === 'palette') return () => void layer.typeAhead.take()
  }, [layer])
  useCommandHandler((command) => {
    switch (command.kind) {
      case 'palette':
        // Its code may not be here yet; what is typed meanwhile is not lost.
        if (layer?.kind !== 'palette') setLayer({ kind: 'palette', typeAhead: startTypeAhead(window) })
        return true
      case 'help':
      case 'import':
        setLayer({ kind: command.kind })
        return true
      case 'change':
      case 'connect':
      case 'export':
        setLayer(command)
        return true
      case 'new-revision': {
        const revised = topology && revisedBy(topology, command.id)
        if (revised) setLayer({ kind: command.kind, revised })
        return true
      }
      case 'visit':
        router.push(command.href)
        return true
      default: {
        const url = pathname === '/' ? null : mapUrlFor(command, lastMap)
        if (url !== null) router.push(url)
        return url !== null
      }
    }
  })
  return (
    <div className="grid h-dvh grid-cols-[52px_minmax(0,1fr)] grid-rows-[48px_minmax(0,1fr)] overflow-hidden">
      <Suspense>
        <MapUrlKeeper />
      </Suspense>
      <TopBar />
      <Rail />
      <div className="relative flex min-h-0 min-w-0 flex-col">
        <FlashBar />
        <main className="relative min-h-0 flex-1">{children}</main>
      </div>
      {layer?.kind === 'palette' && <CommandPalette typeAhead={layer.typeAhead} onClose={close} />}
      {layer?.kind === 'help' && <HelpDialog onClose={close} />}
      {layer?.kind === 'export' && (
        <ExportDialog namespaceId={layer.namespaceId} name={layer.name} onClose={close} />
      )}
      {layer?.kind === 'new-revision' && <NewRevisionDialog {...layer.revised} onClose={close} />}
      {layer?.kind === 'import' && <ImportDialog onClose={close} />}
      {layer?.kind === 'connect' && topology && (
        <ConnectDialog {...layer.connect} topology={topology} onClose={close} />
      )}
      {layer?.kind === 'change' && <PlanDialog {...layer.change} onClose={close} />}
    </div>
  )
}

/** What the editor of a revision wants to know; null for a card without an ECS service of a known cluster. */
function revisedBy(topology: Topology, id: string): Omit<NewRevisionDialogProps, 'onClose'> | null {
  const service = findService(topology, id)
  const cluster = topology.clusters.find((one) => one.id === service?.cluster)
  return service?.ecs && cluster ? { name: service.name, ecs: service.ecs, clusterArn: cluster.arn } : null
}

function MapUrlKeeper() {
  useKeepMapUrl()
  return null
}
