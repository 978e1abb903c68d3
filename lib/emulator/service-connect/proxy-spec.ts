import type { Scope } from '../scope'

/** `appProtocol` of the port; without one it is TCP (ECS API reference, PortMapping). */
export type ProxyProtocol = 'tcp' | 'http' | 'http2' | 'grpc'

/** 0 switches a timeout off. Defaults: ECS developer guide, "Service Connect": 5 min idle (1 h for TCP), 15 s per request. */
export type ProxyTimeouts = { readonly idleTimeoutMs: number; readonly perRequestTimeoutMs: number }

/** Where others reach the task: traffic comes in here and goes on to the application. */
export type InboundListener = {
  readonly discoveryName: string
  /** The task's own address. */
  readonly address: string
  /** `ingressPortOverride`, else the container port. As reached on this machine: below `lowestPort` already moved. */
  readonly port: number
  /** Where the application listens; an address of the task's own that nobody else is told. */
  readonly app: { readonly address: string; readonly port: number }
  readonly protocol: ProxyProtocol
  readonly timeouts: ProxyTimeouts
  readonly tls: boolean
}

/** An alias that the task's applications may call. Frozen when the deployment was made; the instances behind it are live. */
export type OutboundListener = {
  /** `user-svc`, as the task resolves it. */
  readonly alias: string
  /** One of the task's own, 127.255.x.y, and where the proxy listens there; below `lowestPort` already moved. */
  readonly address: string
  readonly port: number
  readonly discoveryName: string
  /** `srv-…` of the Cloud Map service: `setInstances` names it. */
  readonly endpointId: string
  readonly protocol: ProxyProtocol
  readonly timeouts: ProxyTimeouts
  readonly tls: boolean
}

export type AccessLog = { readonly format: 'TEXT' | 'JSON'; readonly includeQueryParameters: boolean }

/** One task's proxy, whole. Plain JSON: it crosses into the data plane's own process. */
export type ProxySpec = {
  readonly scope: Scope
  readonly taskId: string
  readonly taskArn: string
  /** Calls to other tasks leave from here, so that the other side sees who calls. */
  readonly taskAddress: string
  readonly clusterName: string
  readonly serviceName: string
  readonly inbound: readonly InboundListener[]
  readonly outbound: readonly OutboundListener[]
  readonly accessLog: AccessLog | null
}

/** A place behind an endpoint, as Cloud Map has it now. */
export type EndpointInstance = {
  /** The task's id. */
  readonly instanceId: string
  readonly address: string
  readonly port: number
}
