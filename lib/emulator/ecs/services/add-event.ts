import type { Context } from '../../context'
import type { ServiceRecord } from '../../state/ecs'
import { remarkText } from './event-text'

const maxEvents = 100

/** Writes a service event; ECS keeps the newest 100. */
export function addEvent({ clock, ids }: Context, service: ServiceRecord, message: string): void {
  service.events.unshift({ id: ids.uuid(), atMs: clock.now(), message })
  if (service.events.length > maxEvents) service.events.length = maxEvents
}

/** Says what the local cloud has to say about a service, as an event and a log line, each sentence once per deployment. */
export function addRemark(context: Context, service: ServiceRecord, remark: string): void {
  if (service.told.has(remark)) return
  service.told.add(remark)
  addEvent(context, service, remarkText(service.name, remark))
  context.log('warn', `Service ${service.name}: ${remark}`)
}
