import type { ContainerDefinition, HealthCheck } from '@aws-sdk/client-ecs'
import { isName } from '../identifiers'
import { type Fault, honourable, refused } from './fault'

/** What is wrong with one container by itself. `sized` tells that the task itself has a memory size. */
export function containerFaults(container: ContainerDefinition, fargate: boolean, sized: boolean): Fault[] {
  const { name, image, memory, memoryReservation, stopTimeout, startTimeout } = container
  if (!name) return [refused('Container.name should not be null or empty.')]
  if (!isName(name))
    return [refused(`Invalid container name '${name}': 1 to 255 letters, digits, underscores and hyphens.`)]
  const faults: Fault[] = []
  if (!image) faults.push(refused('Container.image should not be null or empty.'))
  if (!fargate && !sized && memory === undefined && memoryReservation === undefined)
    faults.push(
      honourable(
        `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
      ),
    )
  if (memory !== undefined && memory < 4)
    faults.push(refused(`Invalid setting for container '${name}'. 'memory' must be at least 4 MiB.`))
  if (memory !== undefined && memoryReservation !== undefined && memoryReservation > memory)
    faults.push(
      refused(`Invalid setting for container '${name}'. 'memory' must not be below 'memoryReservation'.`),
    )
  if (stopTimeout !== undefined && (stopTimeout < 0 || (fargate && stopTimeout > 120)))
    faults.push(refused(`Invalid stopTimeout ${stopTimeout} of container '${name}': 0 to 120 seconds.`))
  if (startTimeout !== undefined && (startTimeout < 2 || (fargate && startTimeout > 120)))
    faults.push(refused(`Invalid startTimeout ${startTimeout} of container '${name}': 2 to 120 seconds.`))
  if (container.healthCheck) faults.push(...healthCheckFaults(name, container.healthCheck))
  for (const pair of container.environment ?? [])
    if (!pair.name) faults.push(refused(`Container '${name}' has an environment variable without a name.`))
  return faults
}

const ranges = { interval: [5, 300], timeout: [2, 60], retries: [1, 10], startPeriod: [0, 300] } as const

function healthCheckFaults(container: string, check: HealthCheck): Fault[] {
  const faults: Fault[] = []
  if (!check.command?.length || check.command.every((part) => part === ''))
    faults.push(refused(`Health check of container '${container}': the command should not be empty.`))
  else if (!['CMD', 'CMD-SHELL'].includes(check.command[0] ?? '') || check.command.length < 2)
    faults.push(
      refused(
        `Health check of container '${container}': the command starts with CMD or CMD-SHELL and has something to run.`,
      ),
    )
  for (const field of ['interval', 'timeout', 'retries', 'startPeriod'] as const) {
    const value = check[field]
    const [least, most] = ranges[field]
    if (value !== undefined && (!Number.isInteger(value) || value < least || value > most))
      faults.push(
        refused(
          `Health check of container '${container}': ${field} must be between ${least} and ${most}, not ${value}.`,
        ),
      )
  }
  return faults
}
