import type { ServiceNode } from '@/lib/topology/model'
import { count } from '../ui/age'

export type ScaleForecast = {
  readonly what: string
  /** What else will break; null when nothing does. */
  readonly warning: string | null
}

/** What a new desired count will do, before it is done. */
export function forecastScale(
  service: ServiceNode,
  desired: number,
  callers: readonly string[],
): ScaleForecast {
  const now = service.ecs?.desired ?? 0
  if (desired === now)
    return { what: `ECS already keeps ${count(now, 'task')} running. Nothing will change.`, warning: null }
  const difference = Math.abs(desired - now)
  if (desired > now) {
    return {
      what: `ECS will start ${count(difference, 'more task', 'more tasks')}.${
        service.discovery
          ? ' Each one is registered in Cloud Map when it runs, and callers find it from then on.'
          : ''
      }`,
      warning: null,
    }
  }
  return {
    what: `ECS will stop ${count(difference, 'task')}.${
      service.discovery ? ' Each one leaves Cloud Map before it is stopped.' : ''
    }`,
    warning: desired === 0 ? lastOne(service, callers) : null,
  }
}

/** What stopping one task will do. */
export function forecastStop(service: ServiceNode, callers: readonly string[]): ScaleForecast {
  const { ecs, discovery } = service
  const leaves = discovery
    ? 'It leaves Cloud Map, then its containers get SIGTERM.'
    : 'Its containers get SIGTERM.'
  const next = ecs
    ? ` The service wants ${count(ecs.desired, 'task')}, so ECS starts a new one in its place.`
    : ' Nothing starts it again.'
  return {
    what: `${leaves}${next}`,
    warning:
      ecs && ecs.running <= 1
        ? `Until the new task runs, nothing answers${nameOf(service)}${calledBy(callers)}.`
        : null,
  }
}

function lastOne(service: ServiceNode, callers: readonly string[]): string {
  return `Nothing will answer${nameOf(service)} any more${calledBy(callers)}.`
}

function nameOf(service: ServiceNode): string {
  return ` ${service.discovery?.dnsName ?? service.name}`
}

function calledBy(callers: readonly string[]): string {
  if (callers.length === 0) return ''
  const shown = callers.slice(0, 3).join(', ')
  const rest = callers.length > 3 ? ` and ${callers.length - 3} more` : ''
  return `, and ${shown}${rest} ${callers.length === 1 ? 'calls' : 'call'} it`
}
