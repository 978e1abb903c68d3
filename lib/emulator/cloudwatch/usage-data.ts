import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs'
import type { Datum } from './datum'
import { ECS_NAMESPACE } from './traffic-data'

/** What a task has for itself. null: nothing is set aside, so no share can be told. */
export type Reservation = { readonly cpuUnits: number | null; readonly memoryBytes: number | null }

type Definition = Partial<Pick<RegisterTaskDefinitionRequest, 'cpu' | 'memory' | 'containerDefinitions'>>

const MEBIBYTE = 1_048_576

const sumOf = (values: readonly (number | undefined)[]) =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
const orNull = (value: number) => (Number.isFinite(value) && value > 0 ? value : null)

/** `.25 vCPU`, `1 GB` and plain numbers, as task definitions may say them (ECS API reference, RegisterTaskDefinition). */
function readAmount(text: string | undefined, unit: RegExp, factor: number): number {
  if (text === undefined) return Number.NaN
  const number = Number.parseFloat(text)
  return unit.test(text) ? number * factor : number
}

/** The task's own size, else the sum of what its containers reserve (CloudWatch counts both as the service's reservation). */
export function reservationOf(definition: Definition): Reservation {
  const containers = definition.containerDefinitions ?? []
  const cpu = readAmount(definition.cpu, /vcpu/i, 1_024)
  const memory = readAmount(definition.memory, /gb/i, 1_024)
  return {
    cpuUnits: orNull(cpu) ?? orNull(sumOf(containers.map((container) => container.cpu))),
    memoryBytes: orNull(
      (orNull(memory) ??
        sumOf(containers.map((container) => container.memoryReservation ?? container.memory))) * MEBIBYTE,
    ),
  }
}

/** One task of a service between two looks. */
export type TaskUsage = {
  readonly clusterName: string
  readonly serviceName: string
  readonly reservation: Reservation
  /** Processor time that it took in `tookMs`; null: it was not looked at before. */
  readonly cpuMs: number | null
  readonly tookMs: number
  readonly memoryBytes: number
}

/** Percent of what is reserved, a sample for each task (ECS developer guide, "CloudWatch metrics"). More than reserved is more than 100. */
export function usageData(usage: TaskUsage, atMs: number): readonly Datum[] {
  const { reservation, cpuMs, tookMs, memoryBytes } = usage
  const dimensions = [
    { name: 'ClusterName', value: usage.clusterName },
    { name: 'ServiceName', value: usage.serviceName },
  ]
  const sample = (name: string, percent: number): Datum => ({
    namespace: ECS_NAMESPACE,
    name,
    dimensions,
    unit: 'Percent',
    atMs,
    sampleCount: 1,
    sum: percent,
    minimum: percent,
    maximum: percent,
  })
  const data: Datum[] = []
  // 1,024 units are one processor.
  if (cpuMs !== null && tookMs > 0 && reservation.cpuUnits !== null)
    data.push(sample('CPUUtilization', (Math.max(0, cpuMs) / tookMs / (reservation.cpuUnits / 1_024)) * 100))
  if (reservation.memoryBytes !== null)
    data.push(sample('MemoryUtilization', (memoryBytes / reservation.memoryBytes) * 100))
  return data
}
