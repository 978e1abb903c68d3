'use client'

import { useState } from 'react'
import type { ConnectDraft } from '@/lib/changes/connect/draft'
import type { MigrateInput } from '@/lib/changes/inputs/migrate-to-service-connect'
import type { Topology } from '@/lib/topology/model'
import { PlanDialogFrame } from '../plan/plan-dialog-frame'
import { useStart } from '../plan/use-start'
import { Checkbox } from '../ui/checkbox'
import { Notice } from '../ui/notice'
import { Segmented } from '../ui/segmented'
import { Select, SelectItem } from '../ui/select'
import { usePreview } from '../wizard/use-preview'
import { type Choice, candidatesOf, chosenOf } from './candidates'
import { CheckPart } from './check-part'
import { ClientFields } from './client-fields'
import { PlanPicture } from './plan-picture'

type Part = 'move' | 'check' | 'finish'
type Protocol = Extract<MigrateInput, { part: 'move' }>['appProtocol']

const parts = [
  { value: 'move', label: '1  Move' },
  { value: 'check', label: '2  Check' },
  { value: 'finish', label: '3  Finish' },
] as const
const verbs = { move: 'Move', check: null, finish: 'Finish the move' } as const
const next = {
  move: { part: 'check', label: 'Go on: check' },
  check: { part: 'finish', label: 'Go on: finish' },
  finish: null,
} as const
const protocols = [
  { value: 'http', label: 'HTTP' },
  { value: 'http2', label: 'HTTP/2' },
  { value: 'grpc', label: 'gRPC' },
  { value: 'tcp', label: 'Plain TCP' },
] as const

type MigrateDialogProps = { draft: ConnectDraft; topology: Topology; onClose: () => void }

/**
 * From service discovery to Service Connect under the name that callers use: moved, checked, then the registry taken away. Each part is a
 * plan of its own, so that everything can rest between them.
 */
export function MigrateDialog({ draft, topology, onClose }: MigrateDialogProps) {
  const [part, setPart] = useState<Part>(draft.isMoved ? 'check' : 'move')
  const [at, setAt] = useState(0)
  const port = draft.ports[at]
  const [protocol, setProtocol] = useState<Protocol | null>(null)
  const [makeRoom, setMakeRoom] = useState(!draft.room.fits)
  const [choice, setChoice] = useState<Choice>({})
  const [deletes, setDeletes] = useState(false)
  const { clusterArn, serviceArn, dnsName } = draft
  const candidates = candidatesOf(draft, {
    names: port && dnsName !== null ? [{ alias: dnsName, port: port.containerPort }] : [],
    namespaceId: draft.namespaceId,
  })
  const input: MigrateInput | null =
    part === 'finish'
      ? { part, clusterArn, serviceArn, deleteDiscoveryService: deletes }
      : part === 'move' && port
        ? {
            part,
            clusterArn,
            serviceArn,
            container: port.container,
            containerPort: port.containerPort,
            appProtocol: protocol ?? port.appProtocol,
            makeRoom,
            clients: [...chosenOf(candidates, choice)],
          }
        : null
  const isIdle = input === null || dnsName === null
  const previewed = usePreview('migrate-to-service-connect', isIdle ? null : input)
  const [runId, setRunId] = useState<string | null>(null)
  const starting = useStart('migrate-to-service-connect', input, setRunId)
  const service = topology.services.find((node) => node.ecs?.arn === serviceArn)
  const after = next[part]
  // The alias that it has now: a service has one for each port.
  const former =
    port?.isOffered && port.aliasDnsName !== dnsName ? `${port.aliasDnsName}:${port.aliasPort}` : null
  return (
    <PlanDialogFrame
      title={`Move ${draft.name} to Service Connect`}
      verb={verbs[part]}
      previewed={previewed}
      isIdle={isIdle}
      starting={starting}
      runId={runId}
      onward={
        after && {
          label: after.label,
          go: () => {
            setRunId(null)
            setPart(after.part)
          },
        }
      }
      onMakeAgain={() => {
        setRunId(null)
        previewed.refresh()
      }}
      onClose={onClose}
      {...(part === 'check' ? {} : { picture: (plan) => <PlanPicture plan={plan} topology={topology} /> })}
    >
      <Segmented
        aria-label="Part of the move"
        value={part}
        onChange={setPart}
        options={parts}
        className="w-fit"
      />
      {dnsName === null ? (
        <Notice tone="info" title={`${draft.name} has no DNS name`}>
          There is nothing to move: switch Service Connect on for it instead.
        </Notice>
      ) : part === 'move' ? (
        <>
          <p className="text-ink-soft text-sm">
            Callers keep <span className="font-mono text-ink text-xs">{dnsName}</span>. In tasks of Service
            Connect the name then leads through the proxies; everybody else goes on by DNS.{' '}
            {former === null ? (
              'Nothing is taken away in this part.'
            ) : (
              <>
                Its registration stays in this part; the alias{' '}
                <span className="font-mono text-ink text-xs">{former}</span> that it has now gives way.
              </>
            )}
          </p>
          {draft.ports.length > 1 && (
            <Select label="Port that callers use" value={String(at)} onChange={(key) => setAt(Number(key))}>
              {draft.ports.map((one, index) => (
                <SelectItem key={`${one.container}:${one.containerPort}`} id={String(index)}>
                  {`${one.containerPort} of ${one.container}`}
                </SelectItem>
              ))}
            </Select>
          )}
          {port && !port.isNamed && (
            <Select
              label={`Port ${port.containerPort} speaks`}
              hint="The port gets a name in a new revision. The protocol cannot be changed later."
              value={(protocol ?? port.appProtocol) || 'tcp'}
              onChange={(key) =>
                setProtocol((['http', 'http2', 'grpc'] as const).find((one) => one === key) ?? '')
              }
            >
              {protocols.map((one) => (
                <SelectItem key={one.value} id={one.value}>
                  {one.label}
                </SelectItem>
              ))}
            </Select>
          )}
          {!port && (
            <Notice tone="warn" title="Its task definition maps no TCP port">
              Register a revision with the port that callers use.
            </Notice>
          )}
          <ClientFields candidates={candidates} choice={choice} onChange={setChoice} name={draft.name} />
          <Checkbox
            checked={makeRoom}
            onChange={setMakeRoom}
            hint="In a new revision, of a size that Fargate has."
          >
            Make tasks larger where the proxy does not fit
          </Checkbox>
        </>
      ) : part === 'check' ? (
        service && <CheckPart topology={topology} service={service} dnsName={dnsName} onClose={onClose} />
      ) : (
        <>
          <p className="text-ink-soft text-sm">
            The registry goes last, once nobody resolves{' '}
            <span className="font-mono text-ink text-xs">{dnsName}</span> by DNS any more. A caller that does
            blocks this part, and the plan says which.
          </p>
          <Checkbox
            checked={deletes}
            onChange={setDeletes}
            hint="When nobody else registers there. A deleted discovery service does not come back."
          >
            Delete the discovery service too
          </Checkbox>
        </>
      )}
    </PlanDialogFrame>
  )
}
