import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { type Fault, refused } from './fault'

/** What is wrong with `dependsOn`: unknown containers, conditions that can never hold, circles. */
export function dependencyFaults(containers: readonly ContainerDefinition[]): Fault[] {
  const faults: Fault[] = []
  const byName = new Map(containers.map((container) => [container.name, container]))
  for (const { name, dependsOn = [] } of containers)
    for (const { containerName, condition } of dependsOn) {
      const needed = byName.get(containerName)
      if (containerName === name) faults.push(refused(`Container '${name}' can not depend on itself.`))
      else if (!needed)
        faults.push(
          refused(`Container '${name}' depends on '${containerName}', which is not in the task definition.`),
        )
      else if (condition === 'HEALTHY' && !needed.healthCheck)
        faults.push(
          refused(
            `Container '${name}' needs '${containerName}' to be HEALTHY, but that container has no health check.`,
          ),
        )
      else if ((condition === 'COMPLETE' || condition === 'SUCCESS') && needed.essential !== false)
        faults.push(
          refused(
            `Container '${name}' waits for the end of '${containerName}' (${condition}), which must not be essential then.`,
          ),
        )
    }
  const circle = findCircle(containers)
  if (circle) faults.push(refused(`The container dependencies form a cycle: ${circle.join(' -> ')}.`))
  return faults
}

function findCircle(containers: readonly ContainerDefinition[]): string[] | undefined {
  const next = new Map(
    containers.map(({ name, dependsOn = [] }) => [
      name ?? '',
      dependsOn.flatMap(({ containerName }) =>
        containerName === undefined || containerName === name ? [] : [containerName],
      ),
    ]),
  )
  const done = new Set<string>()
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (done.has(name)) return undefined
    done.add(name)
    for (const needed of next.get(name) ?? []) {
      const circle = visit(needed, [...path, name])
      if (circle) return circle
    }
    return undefined
  }
  for (const name of next.keys()) {
    const circle = visit(name, [])
    if (circle) return circle
  }
  return undefined
}
