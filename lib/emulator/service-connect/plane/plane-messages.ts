import type { EndpointInstance, ProxySpec } from '../proxy-spec'
import type { TrafficReport } from '../traffic-report'
import type { PlaneSettings } from './settings'

/** From the local cloud to the data plane's process. */
export type PlaneCommand =
  | { readonly kind: 'settings'; readonly settings: PlaneSettings }
  | { readonly kind: 'start'; readonly id: number; readonly spec: ProxySpec }
  | { readonly kind: 'quiesce' | 'drain'; readonly id: number; readonly waitMs: number }
  | { readonly kind: 'kill'; readonly id: number }
  | {
      readonly kind: 'instances'
      readonly endpointId: string
      readonly instances: readonly EndpointInstance[]
    }

/** And back. */
export type PlaneNews =
  | { readonly kind: 'ready'; readonly id: number }
  | { readonly kind: 'drained'; readonly id: number }
  | { readonly kind: 'log'; readonly id: number; readonly lines: readonly string[] }
  | { readonly kind: 'ended'; readonly id: number; readonly exitCode: number; readonly reason?: string }
  | { readonly kind: 'traffic'; readonly reports: readonly TrafficReport[] }

const kinds = new Set([
  'settings',
  'start',
  'quiesce',
  'drain',
  'kill',
  'instances',
  'ready',
  'drained',
  'log',
  'ended',
  'traffic',
])

const hasKind = (message: unknown): message is { readonly kind: string } =>
  typeof message === 'object' && message !== null && 'kind' in message && typeof message.kind === 'string'

/** The other end is our own program of the same build; anything else on the channel (a tool's) is passed over. */
export const isPlaneCommand = (message: unknown): message is PlaneCommand =>
  hasKind(message) && kinds.has(message.kind)
export const isPlaneNews = (message: unknown): message is PlaneNews =>
  hasKind(message) && kinds.has(message.kind)
