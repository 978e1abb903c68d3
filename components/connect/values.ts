import type { Choices } from '@/lib/changes/choices'
import type { ConnectDraft, DraftPort } from '@/lib/changes/connect/draft'
import { nameOfEndpoint } from '@/lib/changes/connect/names'
import type { ConnectEndpoint } from '@/lib/changes/inputs/service-connect'
import { firstNamespaceChoice, type NamespaceChoiceValues } from '../wizard/discovery/values'
import { type Choice, candidatesOf, chosenOf, type Names } from './candidates'
import type { ConnectWay } from './connect-ask'

export type Mode = ConnectDraft['mode']

/** A port of the task as the form holds it; numbers are null while their box is empty. */
export type PortValues = Omit<ConnectEndpoint, 'aliasPort'> &
  Pick<DraftPort, 'isNamed' | 'isOffered'> & {
    readonly isOn: boolean
    readonly aliasPort: number | null
  }

/** What the fields hold, right or not; what is out of sight is kept. */
export type ConnectValues = {
  readonly mode: Mode
  readonly namespace: Omit<NamespaceChoiceValues, 'kind'> & {
    readonly kind: NamespaceChoiceValues['kind'] | 'default'
  }
  readonly ports: readonly PortValues[]
  readonly logs: {
    readonly kind: 'none' | 'kept' | 'awslogs'
    readonly group: string
    readonly region: string
    readonly streamPrefix: string
    readonly createGroup: boolean
  }
  readonly accessLogs: ConnectDraft['accessLogs']
  readonly includeQueryParameters: boolean
  readonly makeRoom: boolean
  /** Only what somebody chose; the others are as suggested. */
  readonly clients: Choice
}

const firstMode = (draft: ConnectDraft, way: ConnectWay): Mode =>
  way === 'off' || draft.mode !== 'off'
    ? way === 'off'
      ? 'off'
      : draft.mode
    : way === 'on'
      ? draft.ports.length > 0
        ? 'client and server'
        : 'client'
      : 'off'

/** An untouched form. */
export function firstConnectValues(draft: ConnectDraft, choices: Choices, way: ConnectWay): ConnectValues {
  const { namespaces, network, target } = choices
  const isOn = draft.mode !== 'off'
  return {
    mode: firstMode(draft, way),
    namespace: firstNamespaceChoice(namespaces, network.vpcs, draft.namespaceId),
    ports: draft.ports.map((port, at) => ({
      ...port,
      // A server goes on as it is; a new one offers its first port.
      isOn: draft.mode === 'client and server' ? port.isOffered : at === 0,
    })),
    logs: {
      kind: isOn && draft.hasLogs ? 'kept' : 'none',
      group: `/ecs/service-connect/${draft.name.replace(/[^.\-_/#A-Za-z0-9]+/g, '-')}`,
      region: target.region,
      streamPrefix: 'proxy',
      createGroup: true,
    },
    accessLogs: draft.accessLogs,
    includeQueryParameters: draft.includeQueryParameters,
    makeRoom: !draft.room.fits && draft.mode === 'off',
    clients: {},
  }
}

/** The name of the namespace chosen or to be made; empty: none yet. */
export const homeOf = ({ namespace }: ConnectValues, draft: ConnectDraft, choices: Choices): string =>
  namespace.kind === 'new'
    ? namespace.namespace.name
    : namespace.kind === 'default'
      ? (draft.clusterDefault?.name ?? '')
      : (choices.namespaces.find(({ id }) => id === namespace.id)?.name ?? '')

/** What the form says about names. */
export function namesOf(values: ConnectValues, draft: ConnectDraft, choices: Choices): Names {
  const { namespace, mode } = values
  const home = homeOf(values, draft, choices)
  const namespaceId =
    mode === 'off'
      ? draft.namespaceId
      : namespace.kind === 'new'
        ? null
        : namespace.kind === 'default'
          ? (draft.clusterDefault?.id ?? null)
          : namespace.id || null
  const names =
    mode === 'client and server'
      ? values.ports
          .filter(({ isOn }) => isOn)
          .map((port) => nameOfEndpoint({ ...port, aliasPort: port.aliasPort ?? 0 }, home))
      : []
  return { names, namespaceId }
}

function wishOf(values: ConnectValues): unknown {
  const { mode, namespace, logs, accessLogs, includeQueryParameters, ports } = values
  if (mode === 'off') return { mode }
  const common = {
    namespace,
    logs,
    accessLogs: logs.kind === 'none' ? 'off' : accessLogs,
    includeQueryParameters: logs.kind !== 'none' && accessLogs !== 'off' && includeQueryParameters,
  }
  return mode === 'client'
    ? { mode, ...common }
    : {
        mode,
        ...common,
        endpoints: ports
          .filter(({ isOn }) => isOn)
          .map((port) => ({
            ...port,
            // Plain TCP has no requests; what was typed before the protocol was chosen is out of sight.
            perRequestTimeoutSeconds: port.appProtocol === '' ? null : port.perRequestTimeoutSeconds,
          })),
      }
}

/** The change's input: of each thing only what the mode uses. */
export function toConnectInput(values: ConnectValues, draft: ConnectDraft, choices: Choices): unknown {
  const candidates = candidatesOf(draft, namesOf(values, draft, choices))
  return {
    clusterArn: draft.clusterArn,
    serviceArn: draft.serviceArn,
    wish: wishOf(values),
    makeRoom: values.makeRoom,
    clients: chosenOf(candidates, values.clients),
  }
}

/** The field of the form that a place of the input belongs to. */
export function fieldOf(path: string, values: ConnectValues): string {
  const place = path.replace(/^wish\./, '')
  const [, at, rest] = /^endpoints\.(\d+)\.(.*)$/.exec(place) ?? []
  if (at === undefined || rest === undefined) return place === 'endpoints' ? 'ports' : place
  const shown = values.ports.flatMap(({ isOn }, index) => (isOn ? [index] : []))
  return `ports.${shown[Number(at)] ?? 0}.${rest}`
}
