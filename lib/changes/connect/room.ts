import { fargateSizes } from '../fields/fargate-sizes'
import { sizeOf } from '../task-definition-faults'
import type { TaskDefinitionInput } from '../task-definition-json'

/** What the proxy wants of a task (ECS developer guide, "Service Connect": task CPU and memory). */
export const PROXY_CPU = 256
export const PROXY_MEMORY_MIB = 64
/** In a namespace of more than 100 Service Connect services it wants as much more. */
export const PROXY_MORE_MEMORY_MIB = 128

export type TaskSize = { readonly cpu: number; readonly memoryMib: number }

/** What a task has left beside its containers. CPU in units, memory in MiB; null: the task sets none. */
export type Room = {
  readonly cpu: number | null
  readonly memoryMib: number | null
  readonly spareCpu: number | null
  readonly spareMemoryMib: number | null
  /** false: its containers leave less than the proxy wants. */
  readonly fits: boolean
  /** ECS refuses: no task memory, or none left beside the containers. */
  readonly isShort: boolean
  /** The smallest size in which it fits; null: it fits as it is, or no size is large enough. */
  readonly larger: TaskSize | null
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

const isFargate = (input: TaskDefinitionInput, launchType: string | null): boolean =>
  launchType === 'FARGATE' || (input.requiresCompatibilities ?? []).includes('FARGATE')

function largerFor(wanted: TaskSize, fargate: boolean): TaskSize | null {
  if (!fargate) return wanted
  for (const { cpu, memoryMib } of fargateSizes) {
    const memory = memoryMib.find((one) => one >= wanted.memoryMib)
    if (cpu >= wanted.cpu && memory !== undefined) return { cpu, memoryMib: memory }
  }
  return null
}

/** Whether the proxy fits into a task, and the next size if not. `memoryWantedMib`: what the proxy wants. Pure. */
export function roomIn(
  input: TaskDefinitionInput,
  launchType: string | null,
  memoryWantedMib = PROXY_MEMORY_MIB,
): Room {
  const containers = input.containerDefinitions ?? []
  const cpu = sizeOf(input.cpu ?? '', 'vcpu')
  const memoryMib = sizeOf(input.memory ?? '', 'gb')
  const usedCpu = sum(containers.map((one) => one.cpu ?? 0))
  const usedMemoryMib = sum(containers.map((one) => one.memory ?? one.memoryReservation ?? 0))
  const spareCpu = cpu === null ? null : cpu - usedCpu
  const spareMemoryMib = memoryMib === null ? null : memoryMib - usedMemoryMib
  const fits =
    // A task without a CPU size takes what the machine has (ECS API reference, RegisterTaskDefinition).
    (spareCpu === null || spareCpu >= PROXY_CPU) &&
    spareMemoryMib !== null &&
    spareMemoryMib >= memoryWantedMib
  const wanted = {
    cpu: Math.max(cpu ?? 0, usedCpu + PROXY_CPU),
    memoryMib: Math.max(memoryMib ?? 0, usedMemoryMib + memoryWantedMib),
  }
  return {
    cpu,
    memoryMib,
    spareCpu,
    spareMemoryMib,
    fits,
    isShort: spareMemoryMib === null || spareMemoryMib <= 0,
    larger: fits ? null : largerFor(wanted, isFargate(input, launchType)),
  }
}

const units = (count: number) => count.toLocaleString('en-US')

/** `0.5 vCPU and 1 GB` in the words that a size is bought in. */
export const sizeWords = ({ cpu, memoryMib }: TaskSize): string =>
  `${units(cpu)} CPU units and ${units(memoryMib)} MiB`

/** What is left of a task: `0 CPU units and 512 MiB`. */
export const spareWords = ({ spareCpu, spareMemoryMib }: Room): string =>
  spareCpu === null
    ? `${units(Math.max(0, spareMemoryMib ?? 0))} MiB`
    : sizeWords({ cpu: Math.max(0, spareCpu), memoryMib: Math.max(0, spareMemoryMib ?? 0) })
