import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs'
import { isName } from '../identifiers'
import { containerFaults } from './container-faults'
import { dependencyFaults } from './dependency-faults'
import { type Fault, honourable, refused } from './fault'
import { portFaults } from './port-faults'
import { isFargateSize, readCpuUnits, readMemoryMib } from './sizes'

const maxContainers = 10
const maxBytes = 65_536

/** Everything AWS would say against a task definition, the most basic fault first. */
export function taskDefinitionFaults(input: RegisterTaskDefinitionRequest): Fault[] {
  const { family, containerDefinitions: containers = [] } = input
  if (!family) return [refused('Family should not be null or empty.')]
  if (!isName(family))
    return [refused(`Invalid family '${family}': 1 to 255 letters, digits, underscores and hyphens.`)]
  if (containers.length === 0) return [refused('Container list cannot be empty.')]
  if (containers.length > maxContainers)
    return [refused(`A task definition can have at most ${maxContainers} containers.`)]
  const bytes = Buffer.byteLength(JSON.stringify(input))
  if (bytes > maxBytes)
    return [refused(`Actual length: '${bytes}'. Max allowed length is '${maxBytes}' bytes.`)]
  const fargate = input.requiresCompatibilities?.includes('FARGATE') ?? false
  const networkMode = input.networkMode ?? (fargate ? 'awsvpc' : undefined)
  const faults = containers.flatMap((container) =>
    containerFaults(container, fargate, input.memory !== undefined),
  )
  const names = containers.map(({ name }) => name)
  if (new Set(names).size < names.length)
    faults.push(refused('Container names must be unique in a task definition.'))
  if (containers.every(({ essential }) => essential === false))
    faults.push(refused('A task definition must have at least one essential container.'))
  faults.push(...portFaults(containers, networkMode), ...dependencyFaults(containers))
  faults.push(...sizeFaults(input, fargate))
  if (fargate && input.networkMode !== 'awsvpc')
    faults.push(
      input.networkMode === undefined
        ? honourable('Fargate only supports network mode ‘awsvpc’.')
        : refused('Fargate only supports network mode ‘awsvpc’.'),
    )
  return faults
}

function sizeFaults({ cpu, memory }: RegisterTaskDefinitionRequest, fargate: boolean): Fault[] {
  const faults: Fault[] = []
  const units = cpu === undefined ? undefined : readCpuUnits(cpu)
  const mib = memory === undefined ? undefined : readMemoryMib(memory)
  if (cpu !== undefined && units === undefined)
    faults.push(refused(`Invalid 'cpu' setting for task: '${cpu}'.`))
  if (memory !== undefined && mib === undefined)
    faults.push(refused(`Invalid 'memory' setting for task: '${memory}'.`))
  if (!fargate || faults.length > 0) return faults
  if (units === undefined)
    faults.push(honourable("Fargate requires that 'cpu' be defined at the task level."))
  if (mib === undefined)
    faults.push(honourable("Fargate requires that 'memory' be defined at the task level."))
  if (units !== undefined && mib !== undefined && !isFargateSize(units, mib))
    faults.push(refused(`No Fargate configuration exists for given values: ${units} CPU, ${mib} memory.`))
  return faults
}
