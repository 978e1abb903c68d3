'use client'

import {
  AtSign,
  Box,
  Container,
  EllipsisVertical,
  ExternalLink,
  FilePenLine,
  Link2,
  PhoneOutgoing,
  Play,
  RotateCw,
  Scaling,
  SearchX,
  ShieldCheck,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import type { ServiceNode, Topology } from '@/lib/topology/model'
import { connectAsk } from '../connect/connect-ask'
import { ConnectTab } from '../connect/connect-tab'
import { deleteServiceWish, redeployWish, runTaskWish } from '../plan/wishes'
import { useCommandHandler, useCommands } from '../topology/keys/command-bus'
import { StateGlyph } from '../topology/state-glyph'
import { isMissing, livingInstances } from '../topology/state-words'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { Menu, MenuItem, MenuTrigger } from '../ui/menu'
import { Tab, TabList, TabPanel, Tabs } from '../ui/tabs'
import { ConfigTab } from './config-tab'
import { findConnections } from './connections'
import { consoleLink } from './console-link'
import type { InspectorProps } from './inspector-props'
import { InstancesTab } from './instances-tab'
import { OverviewTab } from './overview-tab'
import { PanelHead } from './panel-head'
import { ScaleDialog } from './scale-dialog'

type ServicePanelProps = Omit<InspectorProps, 'selection'> & { service: ServiceNode }

export function ServicePanel(props: ServicePanelProps) {
  const { topology, service, instanceId, answeredId, onSelect, onInstance, onCall, onClose } = props
  const [layer, setLayer] = useState<'scale' | null>(null)
  const run = useCommands()
  const { readOnly } = topology.target
  const canScale = service.ecs !== null && service.ecs.status === 'ACTIVE' && !readOnly
  const redeploy = canScale ? redeployWish(topology, service) : null
  const clusterArn = topology.clusters.find((cluster) => cluster.id === service.cluster)?.arn ?? null
  const callers = findConnections(topology, service.id).calledBy.map(({ peer }) => peer.name)

  useCommandHandler((command) => {
    if (command.kind !== 'scale' || !canScale) return false
    setLayer('scale')
    return true
  })

  return (
    <>
      <PanelHead
        glyph={
          service.ecs ? (
            <Box aria-hidden />
          ) : service.discovery ? (
            <AtSign aria-hidden />
          ) : isMissing(service) ? (
            <SearchX aria-hidden />
          ) : (
            <Container aria-hidden />
          )
        }
        title={service.name}
        chip={
          <Chip tone={service.state} icon={<StateGlyph state={service.state} />}>
            {service.status}
          </Chip>
        }
        subtitle={subtitle(service)}
        onClose={onClose}
      >
        <div className="mt-2 flex items-center gap-2">
          <Button tone="primary" isDisabled={isMissing(service)} onPress={() => onCall(service.id)}>
            <PhoneOutgoing aria-hidden />
            Call
          </Button>
          {service.ecs && (
            <Button isDisabled={!canScale} onPress={() => setLayer('scale')}>
              <Scaling aria-hidden />
              Scale
            </Button>
          )}
          {service.ecs && (
            <Button
              isDisabled={!redeploy}
              onPress={() => redeploy && run({ kind: 'change', change: redeploy })}
            >
              <RotateCw aria-hidden />
              Redeploy
            </Button>
          )}
          <span className="flex-1" />
          <MoreMenu topology={topology} service={service} />
        </div>
        {readOnly && service.ecs && (
          <p className="mt-1.5 text-ink-soft text-xs">Read-only: this console was started without changes.</p>
        )}
        {isMissing(service) && (
          <p className="mt-1.5 text-ink-soft text-xs">
            Neither ECS nor Cloud Map has it, so there is nothing to call.
          </p>
        )}
      </PanelHead>
      <Tabs className="min-h-0 flex-1">
        <TabList aria-label={`About ${service.name}`} className="px-4">
          <Tab id="overview">Overview</Tab>
          <Tab id="instances">
            Instances{' '}
            <span className="font-mono text-2xs text-ink-soft">{livingInstances(service.instances)}</span>
          </Tab>
          {service.ecs && <Tab id="connect">Connect</Tab>}
          <Tab id="config">Config</Tab>
        </TabList>
        <TabPanel id="overview" className="overflow-auto">
          <OverviewTab
            topology={topology}
            service={service}
            instanceId={instanceId}
            answeredId={answeredId}
            onSelect={onSelect}
            onInstance={onInstance}
          />
        </TabPanel>
        <TabPanel id="instances" className="overflow-auto">
          <InstancesTab
            service={service}
            clusterArn={clusterArn}
            callers={callers}
            readOnly={readOnly}
            instanceId={instanceId}
            answeredId={answeredId}
            onInstance={onInstance}
          />
        </TabPanel>
        {service.ecs && (
          <TabPanel id="connect" className="overflow-auto">
            <ConnectTab topology={topology} service={service} onSelect={onSelect} />
          </TabPanel>
        )}
        <TabPanel id="config" className="overflow-auto">
          <ConfigTab serviceId={service.id} />
        </TabPanel>
      </Tabs>
      {layer === 'scale' && service.ecs && clusterArn && (
        <ScaleDialog
          service={service}
          ecs={service.ecs}
          clusterArn={clusterArn}
          callers={callers}
          onClose={() => setLayer(null)}
        />
      )}
    </>
  )
}

function subtitle(service: ServiceNode): string {
  if (service.ecs)
    return `cluster ${service.cluster?.replace(/^cluster\//, '') ?? '?'} · ${service.ecs.serviceName}`
  if (service.discovery) return `Cloud Map service · ${service.discovery.serviceId}`
  return isMissing(service) ? 'a name that callers use' : 'tasks without an ECS service that could be read'
}

type MoreMenuProps = { topology: Topology; service: ServiceNode }

function MoreMenu({ topology, service }: MoreMenuProps) {
  const run = useCommands()
  const isFixed = topology.target.readOnly
  const deletion = isFixed ? null : deleteServiceWish(topology, service)
  const connect = isFixed ? null : connectAsk(topology, service, service.connect ? 'as it is' : 'on')
  const oneTask = runTaskWish(topology, service)
  const link = consoleLink(topology.target, service)
  const arn = service.ecs?.arn ?? service.discovery?.arn ?? null
  const copy = (text: string, name: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast.success(`${name} copied`),
      () => toast.error('The browser refused the clipboard'),
    )
  return (
    <MenuTrigger>
      <Button aria-label="More actions" className="w-7 px-0">
        <EllipsisVertical aria-hidden />
      </Button>
      <Menu aria-label="More actions" placement="bottom end">
        {service.ecs?.status === 'ACTIVE' && !isFixed && (
          <MenuItem
            icon={<FilePenLine aria-hidden />}
            onAction={() => run({ kind: 'new-revision', id: service.id })}
          >
            New revision…
          </MenuItem>
        )}
        {oneTask && (
          <MenuItem icon={<Play aria-hidden />} onAction={() => run({ kind: 'change', change: oneTask })}>
            Run a task…
          </MenuItem>
        )}
        {connect && (
          <MenuItem icon={<ShieldCheck aria-hidden />} onAction={() => run({ kind: 'connect', connect })}>
            Service Connect…
          </MenuItem>
        )}
        <MenuItem icon={<Link2 aria-hidden />} onAction={() => copy(window.location.href, 'Link')}>
          Copy link to this view
        </MenuItem>
        {arn && (
          <MenuItem icon={<AtSign aria-hidden />} onAction={() => copy(arn, 'ARN')}>
            Copy ARN
          </MenuItem>
        )}
        {link && (
          <MenuItem icon={<ExternalLink aria-hidden />} href={link} target="_blank" rel="noreferrer">
            Open in the AWS console
          </MenuItem>
        )}
        {deletion && (
          <MenuItem
            tone="danger"
            icon={<Trash2 aria-hidden />}
            onAction={() => run({ kind: 'change', change: deletion })}
          >
            {`${deletion.verb}…`}
          </MenuItem>
        )}
      </Menu>
    </MenuTrigger>
  )
}
