import type { TestEcs } from './emulator-context'

/** Long enough for everything that comes to rest by itself. */
export const longMs = 60_000

export const healthCheck = { command: ['CMD-SHELL', 'curl -f http://localhost:8080/health'] }

/** A task of the service `web`. */
export function firstTask(ecs: TestEcs) {
  const [task] = ecs.tasks('web')
  if (!task) throw new Error('The service has no task')
  return task
}
